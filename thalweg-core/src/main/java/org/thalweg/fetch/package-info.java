/**
 * Brings public data sets from the network: the only package that opens connections, and only when a user asks to fetch.
 *
 * <p>Nothing that arrives is believed: sizes are bounded, and a file counts only if its content has the SHA-256 that is known or was
 * recorded. Main type: {@link org.thalweg.fetch.Fetcher}.
 */
@NullMarked
package org.thalweg.fetch;

import org.jspecify.annotations.NullMarked;

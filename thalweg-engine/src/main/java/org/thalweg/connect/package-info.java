/**
 * Connectors: each turns two networks, and data where it needs them, into a path.
 *
 * <p>A method of the literature is one class here and one line in {@link org.thalweg.connect.Methods}; a method's name is
 * parsed into its composition there and nowhere else. Connectors measure nothing. {@link org.thalweg.connect.Merge} makes one
 * network of several by the same means. Main type: {@link org.thalweg.connect.Connector}.
 */
@NullMarked
package org.thalweg.connect;

import org.jspecify.annotations.NullMarked;

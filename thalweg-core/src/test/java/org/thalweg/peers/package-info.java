/** Programs of others that tests ask for numbers; needs Python, so its users carry the tag {@code peers}. */
@NullMarked
package org.thalweg.peers;

import org.jspecify.annotations.NullMarked;

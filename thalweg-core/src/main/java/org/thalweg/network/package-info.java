/**
 * Networks as values: an architecture (layers as data), named weights, and where they came from.
 *
 * <p>Nothing here computes on data sets; that is the engine's work. Main type: {@link org.thalweg.network.Network}.
 */
@NullMarked
package org.thalweg.network;

import org.jspecify.annotations.NullMarked;

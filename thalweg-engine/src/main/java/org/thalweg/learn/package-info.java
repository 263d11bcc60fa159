/**
 * Learned maps of neurons, and their training: an invertible map ν that carries the neurons of trained networks to standard
 * normal noise joins any two networks along an arc in noise (Anokhin and Yarotsky 2020, Flow and Bijection).
 *
 * <p>Knows two-layer networks, not methods: {@code connect} makes methods of the maps. Main type:
 * {@link org.thalweg.learn.LearnedMap}.
 */
@NullMarked
package org.thalweg.learn;

import org.jspecify.annotations.NullMarked;

/**
 * Labelled examples: readers for MNIST and CIFAR-10, the generated set {@code glyphs}, and seeds.
 *
 * <p>Files are checked in full before any work starts. Nothing here augments, batches or computes. Main type:
 * {@link org.thalweg.data.Dataset}.
 */
@NullMarked
package org.thalweg.data;

import org.jspecify.annotations.NullMarked;

/**
 * Files of networks and paths: safetensors, read strictly and written so that a file is either whole or not there.
 *
 * <p>Nothing here interprets weights beyond their shapes. Main types: {@link org.thalweg.checkpoint.NetworkFile},
 * {@link org.thalweg.checkpoint.PathFile}.
 */
@NullMarked
package org.thalweg.checkpoint;

import org.jspecify.annotations.NullMarked;

/**
 * The safetensors format: 8 bytes little-endian length N, N bytes of JSON (names, dtypes, shapes, offsets; padded with
 * spaces), then the tensors' bytes without a gap.
 *
 * <p>Main types: {@link org.thalweg.checkpoint.safetensors.SafetensorsArchive},
 * {@link org.thalweg.checkpoint.safetensors.SafetensorsWriter}.
 */
@NullMarked
package org.thalweg.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;

/**
 * ONNX models: their initialisers as tensors, and the network that their graph describes, if it is a plain chain of layers.
 *
 * <p>Protobuf messages are read by their wire format, the dozen fields that matter; nothing is executed. Main type:
 * {@link org.thalweg.checkpoint.onnx.OnnxArchive}.
 */
@NullMarked
package org.thalweg.checkpoint.onnx;

import org.jspecify.annotations.NullMarked;

/**
 * PyTorch's weight files ({@code torch.save}), read without executing anything: a pickle is a program, and here its few
 * allowed instructions build inert values ({@link org.thalweg.checkpoint.pytorch.Pickled}) in which the weights are then
 * looked up. No class is loaded, no function called, whatever the file names.
 *
 * <p>Main type: {@link org.thalweg.checkpoint.pytorch.PyTorchArchive}.
 */
@NullMarked
package org.thalweg.checkpoint.pytorch;

import org.jspecify.annotations.NullMarked;

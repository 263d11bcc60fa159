/**
 * NumPy's files: NPY, one array behind a short header, and NPZ, a zip of them.
 *
 * <p>Main types: {@link org.thalweg.checkpoint.npz.NpzArchive}, {@link org.thalweg.checkpoint.npz.NpzWriter}.
 */
@NullMarked
package org.thalweg.checkpoint.npz;

import org.jspecify.annotations.NullMarked;

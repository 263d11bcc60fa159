/**
 * libtorch behind a small set of verbs: the only package that knows native code.
 *
 * <p>Kernels run on one thread each; {@link org.thalweg.engine.Engine} runs independent work side by side on threads of its
 * own and hands back results in order, so that the bits do not depend on the number of threads. Native memory belongs to a
 * {@link org.thalweg.engine.Scope}. Nothing here knows methods, paths or files. Main type: {@code Engine}.
 */
@NullMarked
package org.thalweg.engine;

import org.jspecify.annotations.NullMarked;

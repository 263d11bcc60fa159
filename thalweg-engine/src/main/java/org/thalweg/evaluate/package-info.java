/**
 * Loss and accuracy along paths, by sharing what the points of a leg have in common.
 *
 * <p>Knows legs, not methods: any path is evaluated by what moves on each leg. Main type:
 * {@link org.thalweg.evaluate.Evaluator}.
 */
@NullMarked
package org.thalweg.evaluate;

import org.jspecify.annotations.NullMarked;

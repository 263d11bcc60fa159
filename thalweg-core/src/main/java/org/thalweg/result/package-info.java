/**
 * What was measured on a path, as values: profiles, worst points, barriers, statistics over pairs.
 *
 * <p>Nothing here touches data or weights; the engine fills these types, panels and reports read them. Main type:
 * {@link org.thalweg.result.Profile}.
 */
@NullMarked
package org.thalweg.result;

import org.jspecify.annotations.NullMarked;

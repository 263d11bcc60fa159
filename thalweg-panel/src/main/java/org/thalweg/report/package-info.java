/**
 * Figures and the page that people look at. Draws what was measured; never computes a metric.
 *
 * <p>Main type: {@link org.thalweg.report.Report}.
 */
@NullMarked
package org.thalweg.report;

import org.jspecify.annotations.NullMarked;

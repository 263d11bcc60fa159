/**
 * The experiment: train what is missing, connect every pair by every method, and put the worst values in a table.
 *
 * <p>A cell (pair × method) is the unit of work and of resuming. Main type: {@link org.thalweg.panel.Panel}.
 */
@NullMarked
package org.thalweg.panel;

import org.jspecify.annotations.NullMarked;

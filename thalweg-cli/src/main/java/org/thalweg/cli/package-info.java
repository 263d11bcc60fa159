/**
 * The command line: options in, text and exit codes out. The only place that prints.
 *
 * <p>Computes nothing itself. Main type: {@link org.thalweg.cli.Main}.
 */
@NullMarked
package org.thalweg.cli;

import org.jspecify.annotations.NullMarked;

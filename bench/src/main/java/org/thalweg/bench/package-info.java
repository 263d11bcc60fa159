/**
 * Benchmarks of the hot paths: each method that is timed is a JMH benchmark, and {@link org.thalweg.bench.Turns} runs it turn
 * by turn beside a peer's script. Commands, machine and figures stand in {@code docs/performance.md}.
 *
 * <p>Not part of the program, and never run by the build.
 */
@NullMarked
package org.thalweg.bench;

import org.jspecify.annotations.NullMarked;

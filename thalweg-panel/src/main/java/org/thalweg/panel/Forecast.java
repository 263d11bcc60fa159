package org.thalweg.panel;

import org.thalweg.engine.Work;

/**
 * What a panel is going to take, told beforehand.
 *
 * @param paths how many
 * @param bytes of their files, less the knots, which are small beside the ends
 * @param connecting making them, as far as methods know; measuring is not counted
 */
public record Forecast(int paths, long bytes, Work connecting) {}

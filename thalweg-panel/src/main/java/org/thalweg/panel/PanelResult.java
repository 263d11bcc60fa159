package org.thalweg.panel;

import java.util.List;
import java.util.Map;
import org.thalweg.run.PathResult;

/**
 * What a panel found.
 *
 * @param settings what identifies the run, by name
 * @param results the finished cells, methods in the settings' order, of each its pairs in order
 * @param failures the cells that failed
 * @param table the worst values, mean and spread over pairs
 */
public record PanelResult(
        Map<String, String> settings, List<PathResult> results, List<CellFailure> failures, Table table) {}

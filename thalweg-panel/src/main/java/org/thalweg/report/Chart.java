package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One chart: the specification that the page draws and that its static twins are drawn from.
 *
 * @param id name in file names and in the page
 * @param title what it shows, short
 * @param caption how to read it, in a sentence or two
 * @param option the specification, an ECharts option that {@code charts.js} completes
 * @param height in pixels
 * @param data what it shows, as a table
 */
record Chart(String id, String title, String caption, ObjectNode option, int height, DataTable data) {}

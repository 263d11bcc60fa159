package org.thalweg.panel;

/** A cell that could not be computed, and why. */
public record CellFailure(String pair, String method, String reason) {}

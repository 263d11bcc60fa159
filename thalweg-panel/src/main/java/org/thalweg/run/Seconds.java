package org.thalweg.run;

/** Wall time of one path, in seconds. */
public record Seconds(double connect, double evaluate) {}

/**
 * Panels on Apache Spark: sends trainings and cells to executors and hears how they went. Computes nothing itself, and is the
 * only package that knows Spark. Main type: {@link org.thalweg.spark.SparkCluster}.
 */
@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;

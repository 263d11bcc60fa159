package org.thalweg.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.thalweg.connect.ExampleSums;
import org.thalweg.panel.Cell;
import org.thalweg.panel.CellOutcome;
import org.thalweg.panel.Cluster;
import org.thalweg.panel.PanelSource;

/**
 * A panel on the executors of one Spark application.
 *
 * <p>Each training and each cell is a Spark job of one task, not one task of a big job: Spark gives up a whole job when one of its
 * tasks keeps failing, and a cell that kills its executor every time must cost only its own row. Spark runs jobs in the order in
 * which they come, tries a task that failed or was lost again ({@code spark.task.maxFailures} times in all), and begins at once
 * what the window below has submitted. Only names go there and only seconds come back; files are read and written by executors.
 *
 * <p>Safe for use by many threads.
 */
final class SparkCluster implements Cluster {
    /** Jobs that are submitted at a time: more than executors have cores, or some idle; each waits in a thread of the driver. */
    private static final int WINDOW = 512;

    private final JavaSparkContext spark;
    private final String master;
    private final PanelSource panel;

    SparkCluster(JavaSparkContext spark, PanelSource panel) {
        this.spark = spark;
        this.master = spark.master();
        this.panel = panel;
    }

    @Override
    public void train(List<Long> seeds, LongConsumer trained) throws IOException {
        each(seeds, seed -> {
            try {
                RuntimeException failure = run(seed, new TrainingTask(panel)).failure();
                if (failure != null) {
                    throw failure;
                }
                trained.accept(seed);
            } catch (LostTaskException e) {
                throw new SparkUnreachableException(master, e);
            }
        });
    }

    @Override
    public void run(List<Cell> cells, Consumer<CellOutcome> outcomes) throws IOException {
        each(cells, cell -> {
            try {
                outcomes.accept(run(cell, new CellTask(panel)).outcome(cell));
            } catch (LostTaskException e) {
                outcomes.accept(CellOutcome.failed(cell, String.valueOf(e.getMessage())));
            }
        });
    }

    @Override
    public ExampleSums sums(int parts) {
        return new SparkSums(this, spark, panel, parts);
    }

    /** Runs one task and returns its answer. */
    private <T, R> R run(T item, Function<T, R> task) throws IOException, LostTaskException {
        return answer(spark.parallelize(List.of(item), 1).map(task)).get(0);
    }

    /** Computes what it describes and returns it. */
    <R> List<R> answer(JavaRDD<R> computation) throws IOException, LostTaskException {
        try {
            JavaFutureAction<List<R>> answer = computation.collectAsync();
            while (true) {
                try {
                    return answer.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    requireUp(e); // a job that comes while Spark is stopping is never answered
                }
            }
        } catch (ExecutionException | RuntimeException e) {
            requireUp(e);
            throw LostTaskException.orCauseOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SparkUnreachableException(master, e);
        }
    }

    private void requireUp(Exception failure) throws SparkUnreachableException {
        if (spark.sc().isStopped()) {
            throw new SparkUnreachableException(master, LostTaskException.told(failure));
        }
    }

    /** One item after the other, many at a time. */
    private interface Step<T> {
        void run(T item) throws IOException;
    }

    /** Runs a step for each item and throws the first failure, when none runs any more. */
    private <T> void each(List<T> items, Step<T> step) throws IOException {
        if (items.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(items.size(), WINDOW));
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (T item : items) {
                running.add(threads.submit(() -> {
                    step.run(item);
                    return true;
                }));
            }
            for (Future<Boolean> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            cancel(threads);
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SparkUnreachableException(master, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void cancel(ExecutorService threads) {
        threads.shutdownNow();
        if (!spark.sc().isStopped()) {
            spark.sc().cancelAllJobs();
        }
    }

    @Override
    public void close() {
        spark.close();
    }
}

package org.thalweg.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.thalweg.connect.ExampleSums;
import org.thalweg.connect.PartialSum;
import org.thalweg.panel.PanelSource;
import scala.Tuple2;

/**
 * Takes sums over training examples on executors, each of which holds some parts of them.
 *
 * <p>As {@code treeAggregate} of depth 2: executors add the sums of √parts parts each, the driver what they find. Spark's own adds
 * in the order in which sums arrive, so that the last bits would change from run to run; here each group is added in the order of
 * its parts. The weights that a sum is taken at are broadcast, once per executor.
 */
final class SparkSums implements ExampleSums {
    private final SparkCluster cluster;
    private final JavaSparkContext spark;
    private final PanelSource panel;
    private final int parts;

    SparkSums(SparkCluster cluster, JavaSparkContext spark, PanelSource panel, int parts) {
        this.cluster = cluster;
        this.spark = spark;
        this.panel = panel;
        this.parts = parts;
    }

    @Override
    public <T extends Serializable> T of(PartialSum<T> sum) {
        int fan = (int) Math.ceil(Math.sqrt(parts));
        int groups = (parts + fan - 1) / fan;
        Broadcast<PartialSum<T>> sent = spark.broadcast(sum);
        try {
            JavaPairRDD<Integer, T> each = spark.parallelize(
                            IntStream.range(0, parts).boxed().toList(), parts)
                    .mapToPair(new PartTask<>(panel, parts, sent));
            JavaPairRDD<Integer, T> grouped = each.mapToPair(one -> new Tuple2<>(one._1() / fan, one))
                    .groupByKey(groups)
                    .mapValues(some -> added(sent.value(), some));
            List<Tuple2<Integer, T>> found = cluster.answer(grouped.map(one -> one));
            return added(sum, found);
        } catch (LostTaskException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sent.destroy();
        }
    }

    private static <T extends Serializable> T added(PartialSum<T> sum, Iterable<Tuple2<Integer, T>> some) {
        List<Tuple2<Integer, T>> ordered = new ArrayList<>();
        some.forEach(ordered::add);
        ordered.sort(Comparator.comparing(Tuple2::_1));
        return ordered.stream().map(Tuple2::_2).reduce(sum::plus).orElseThrow();
    }
}

package org.thalweg.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.thalweg.panel.Cluster;
import picocli.CommandLine.Option;

/** On which other machines a panel runs. */
final class ClusterOptions {
    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = "Run on Apache Spark: local[2], spark://host:7077, yarn, ….")
    private @Nullable String master;

    @Option(
            names = "--spark-conf",
            hidden = true, // on the page of scaling: help fits a screen
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.task.cpus=4.")
    private Map<String, String> conf = new LinkedHashMap<>();

    @Option(
            names = "--partition-data",
            hidden = true, // as --spark-conf
            paramLabel = "N",
            description =
                    "Cells here, one after the other; what +wa and +ca sum over training examples on Spark, in N parts.")
    private int parts = 1;

    /**
     * Returns into how many parts the training examples are divided.
     *
     * @throws IllegalArgumentException if there is no cluster to divide them among
     */
    int parts() {
        if (parts != 1 && master == null) {
            throw new IllegalArgumentException("--partition-data divides the training examples among the machines of a "
                    + "cluster; name one with --spark.");
        }
        return parts;
    }

    /**
     * Checks that there is what a cluster takes, if one is wanted: before a folder is made for it.
     *
     * @throws IllegalArgumentException if there is not
     */
    void requireModule() {
        if (master != null) {
            provider();
        }
    }

    private static Cluster.Provider provider() {
        return ServiceLoader.load(Cluster.Provider.class)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--spark needs the module thalweg-spark, which is not part of "
                                + "this installation; start ./thalweg in a checkout of the source, which adds it."));
    }

    /**
     * Returns the cluster, if one is wanted.
     *
     * @param arguments the command line, which its machines read too
     * @throws IllegalArgumentException if the program was started without what it takes
     */
    Optional<Cluster> connect(List<String> arguments) throws IOException {
        if (master == null) {
            return Optional.empty();
        }
        return Optional.of(provider().connect(master, conf, PanelArguments.here(arguments)));
    }
}

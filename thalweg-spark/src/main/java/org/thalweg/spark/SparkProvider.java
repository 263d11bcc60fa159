package org.thalweg.spark;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.thalweg.panel.Cluster;
import org.thalweg.panel.PanelSource;

/** Connects to Spark; found by the service loader. */
public final class SparkProvider implements Cluster.Provider {
    @Override
    public Cluster connect(String master, Map<String, String> options, PanelSource panel) throws IOException {
        try {
            return new SparkCluster(new JavaSparkContext(conf(master, options)), panel);
        } catch (RuntimeException e) {
            throw new SparkUnreachableException(master, e);
        } catch (Exception e) { // Spark is written in Scala, which declares none
            if (e instanceof SparkException && String.valueOf(e.getMessage()).contains("Master URL")) {
                throw new IllegalArgumentException(
                        "--spark is '" + master
                                + "' but must be a master such as local[2], spark://host:7077, yarn or k8s://https://host:port.");
            }
            throw new SparkUnreachableException(master, e);
        }
    }

    /** Returns settings; those that the user or spark-submit has made come first. */
    private static SparkConf conf(String master, Map<String, String> options) {
        SparkConf conf = new SparkConf().setMaster(master);
        options.forEach(conf::set);
        conf.setIfMissing("spark.app.name", "thalweg panel");
        conf.setIfMissing("spark.ui.enabled", "false"); // it would listen to the network
        if (!master.startsWith("local")) {
            conf.setIfMissing("spark.jars", Jars.own());
        }
        String data = System.getenv("THALWEG_DATA");
        if (data != null) {
            conf.setIfMissing("spark.executorEnv.THALWEG_DATA", data);
        }
        return conf;
    }
}

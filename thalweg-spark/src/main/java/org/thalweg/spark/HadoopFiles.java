package org.thalweg.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkEnv;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.panel.RemoteFiles;

/**
 * Reads what Hadoop reads; found by the service loader. Each file is fetched once per process: once by the driver, once by each executor.
 *
 * <p>Hadoop's settings are those of the class path, of the folder that {@code HADOOP_CONF_DIR} names, and, on executors, those
 * that Spark was given as {@code spark.hadoop.…}.
 */
public final class HadoopFiles implements RemoteFiles {
    private static final Map<String, java.nio.file.Path> FETCHED = new HashMap<>(); // guarded by the class

    @Override
    public java.nio.file.Path fetched(String uri) throws IOException {
        synchronized (HadoopFiles.class) {
            java.nio.file.Path known = FETCHED.get(uri);
            if (known == null) {
                known = copied(uri);
                FETCHED.put(uri, known);
            }
            return known;
        }
    }

    private static java.nio.file.Path copied(String uri) throws IOException {
        Path source = new Path(uri);
        try (FileSystem files = FileSystem.newInstance(URI.create(uri), configuration())) {
            if (!files.exists(source)) {
                throw new MissingFileException(uri + ": no such file or folder.");
            }
            java.nio.file.Path folder = Files.createTempDirectory("thalweg-");
            FileSystem local = FileSystem.getLocal(files.getConf()).getRawFileSystem();
            local.deleteOnExit(new Path(folder.toUri()));
            java.nio.file.Path copy = folder.resolve(source.getName().isEmpty() ? "root" : source.getName());
            files.copyToLocalFile(false, source, new Path(copy.toUri()), true);
            return copy;
        } catch (UnsupportedFileSystemException | FileNotFoundException | IllegalArgumentException e) {
            throw new MissingFileException(uri + ": " + e.getMessage() + ".");
        }
    }

    private static Configuration configuration() {
        Configuration settings = new Configuration();
        String folder = System.getenv("HADOOP_CONF_DIR");
        if (folder != null) {
            for (String file : List.of("core-site.xml", "hdfs-site.xml")) {
                settings.addResource(
                        new Path(java.nio.file.Path.of(folder, file).toUri()));
            }
        }
        SparkEnv spark = SparkEnv.get();
        if (spark != null) {
            for (scala.Tuple2<String, String> setting : spark.conf().getAllWithPrefix("spark.hadoop.")) {
                settings.set(setting._1(), setting._2());
            }
        }
        return settings;
    }
}

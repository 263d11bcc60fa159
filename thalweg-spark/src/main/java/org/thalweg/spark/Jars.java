package org.thalweg.spark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The jars that executors need besides Spark's own. */
final class Jars {
    private Jars() {}

    /**
     * Returns the jars of the class path, without those in Spark's folder, separated by commas as {@code spark.jars} wants them.
     * Spark's are in a folder named {@code jars}, in its distribution as in our build.
     */
    static String own() {
        List<String> own = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry).toAbsolutePath().normalize();
            if (entry.endsWith(".jar") && Files.isRegularFile(jar) && !isSparks(jar)) {
                own.add(jar.toUri().toString());
            }
        }
        return String.join(",", own);
    }

    private static boolean isSparks(Path jar) {
        return Optional.ofNullable(jar.getParent())
                .map(Path::getFileName)
                .filter(name -> name.toString().equals("jars"))
                .isPresent();
    }
}

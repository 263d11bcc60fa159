package org.thalweg.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A master and two workers of one core as processes of their own, on loopback, started from Spark's jars as its scripts do. */
final class StandaloneCluster implements AutoCloseable {
    private static final Path TARGET = Path.of(System.getProperty("thalweg.target"));
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern ADDRESS = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("(Successfully registered) with master");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    StandaloneCluster(Path folder) throws Exception {
        this.folder = folder;
        start("master", "org.apache.spark.deploy.master.Master", "--port", "0");
        this.master = eventually(() -> find(log("master"), ADDRESS));
        startWorker("worker-1");
        startWorker("worker-2");
    }

    private void startWorker(String name) throws Exception {
        String folderOfExecutors = folder.resolve(name).toString();
        start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                folderOfExecutors,
                master);
        eventually(() -> find(log(name), REGISTERED));
    }

    String master() {
        return master;
    }

    /** Kills a worker; its executors end when they miss it. Another one takes its place. */
    void kill(int number) throws Exception {
        processes.get(number).destroyForcibly().waitFor();
        startWorker("worker-" + processes.size());
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private void start(String name, String main, String... arguments) throws IOException {
        List<String> command = java(List.of(TARGET.resolve("spark/jars/*").toString()), main);
        command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        process.environment()
                .putAll(Map.of(
                        "SPARK_HOME", TARGET.resolve("spark").toString(),
                        "SPARK_SCALA_VERSION", "2.13", // as Spark's scripts do
                        "JAVA_HOME", System.getProperty("java.home")));
        processes.add(process.start());
    }

    /** Returns the command line of a Java program, with what Spark needs of Java. */
    private static List<String> java(List<String> classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("@" + TARGET.resolveSibling("src/main/launcher/spark.options"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        return command;
    }

    /** Returns a process of the program as the launcher starts it with {@code --spark}, standing in {@code folder}. */
    static ProcessBuilder program(Path folder, List<String> arguments) {
        List<String> command = java(
                List.of(
                        TARGET.resolve("spark/jars/*").toString(),
                        TARGET.resolve("*").toString(),
                        TARGET.resolve("lib/*").toString()),
                "org.thalweg.cli.Main");
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static Optional<String> find(Path log, Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(log));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Asks until there is an answer. */
    static <T> T eventually(Callable<Optional<T>> question) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("nothing happened within " + PATIENCE);
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}

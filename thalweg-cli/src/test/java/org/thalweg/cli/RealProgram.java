package org.thalweg.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the command line as a process of its own, for what a test's own process would not survive or cannot show. */
final class RealProgram {
    private RealProgram() {}

    /** Returns a process of these arguments; {@code java} are options of the virtual machine. */
    static ProcessBuilder of(List<String> java, Object... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(java);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        Arrays.stream(args).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** Returns the process started by a shell after {@code setting}, such as a limit; {@code suffix} may redirect. */
    static ProcessBuilder inShell(String setting, ProcessBuilder program, String suffix) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", setting + " exec \"$@\" " + suffix, "sh"));
        command.addAll(program.command());
        return new ProcessBuilder(command);
    }

    /** Runs a process to its end. */
    static Cli.Outcome run(ProcessBuilder program) throws IOException, InterruptedException {
        Path err = java.nio.file.Files.createTempFile("thalweg", ".err");
        try {
            Process process = program.redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return new Cli.Outcome(code, out, java.nio.file.Files.readString(err));
        } finally {
            java.nio.file.Files.delete(err);
        }
    }
}

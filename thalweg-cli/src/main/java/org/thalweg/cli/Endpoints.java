package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.network.Network;
import org.thalweg.panel.Endpoint;
import org.thalweg.run.RunFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Networks named by their files. */
final class Endpoints {
    private Endpoints() {}

    /** Options that say how networks are to be trained. */
    private static final List<String> OF_TRAINING = List.of(
            "--networks",
            "--network",
            "--epochs",
            "--learning-rate",
            "--momentum",
            "--weight-decay",
            "--batch",
            "--augment");

    /**
     * Checks a command that may be given networks, or trains them.
     *
     * @throws IllegalArgumentException if an option is there that belongs to the other way
     */
    static void requireOneWay(CommandSpec spec, boolean areGiven) {
        ParseResult parsed = spec.commandLine().getParseResult();
        if (!areGiven && parsed.hasMatchedOption("--architecture")) {
            throw new IllegalArgumentException(
                    "--architecture says what files hold, but there are no --endpoints; --network FILE.yaml trains such networks.");
        }
        for (String option : OF_TRAINING) {
            if (areGiven && parsed.hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        option + " has no meaning for --endpoints, which are not trained; leave it out.");
            }
        }
    }

    /** Reads a network, and tells what was assumed of it. */
    interface Reader {
        /** Returns the network of a file. */
        Network read(Path file) throws IOException;
    }

    /** Returns files by names of their own, after the files, in their order. */
    static Map<String, Path> named(List<Path> files) {
        Map<String, Path> named = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            String name = MeasuredPath.nameOf(files.get(i));
            while (named.containsKey(name)) {
                name = (i + 1) + "-" + name;
            }
            named.put(name, files.get(i));
        }
        return named;
    }

    /** Returns networks that were read, by names of their own. */
    static List<Endpoint> of(List<Path> files, List<Network> networks) {
        List<Endpoint> ends = new ArrayList<>();
        named(files).keySet().forEach(name -> ends.add(new Endpoint(name, networks.get(ends.size()))));
        return ends;
    }

    /** Returns the name, among the settings of a run, of the hash of a network's file. */
    static String hashFact(String name) {
        return RunFolder.NETWORK + name;
    }

    /**
     * Reads networks by {@link #named names of their own}.
     *
     * @param origin takes the hash of each file
     * @param reader reads one
     */
    static List<Endpoint> read(List<Path> files, Map<String, String> origin, Reader reader) throws IOException {
        List<Endpoint> ends = new ArrayList<>();
        for (Map.Entry<String, Path> file : named(files).entrySet()) {
            ends.add(new Endpoint(file.getKey(), reader.read(file.getValue())));
            origin.put(hashFact(file.getKey()), NetworkFile.hash(file.getValue()));
        }
        return ends;
    }
}

package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.panel.Endpoint;

/** Networks named by their files. */
final class Endpoints {
    private Endpoints() {}

    /**
     * Reads networks and gives each a name of its own, after its file.
     *
     * @param origin takes the hash of each file
     * @param remarks what hears what was assumed of a file
     */
    static List<Endpoint> read(List<Path> files, Map<String, String> origin, Function<Path, Consumer<String>> remarks)
            throws IOException {
        List<Endpoint> ends = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            String name = MeasuredPath.nameOf(files.get(i));
            String unique = names.add(name) ? name : (i + 1) + "-" + name;
            names.add(unique);
            ends.add(new Endpoint(unique, NetworkFile.read(files.get(i), remarks.apply(files.get(i)))));
            origin.put("endpoint." + unique, NetworkFile.hash(files.get(i)));
        }
        return ends;
    }
}

package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.network.Network;
import org.thalweg.panel.Endpoint;

/** Networks named by their files. */
final class Endpoints {
    private Endpoints() {}

    /** Reads a network, and tells what was assumed of it. */
    interface Reader {
        /** Returns the network of a file. */
        Network read(Path file) throws IOException;
    }

    /**
     * Reads networks and gives each a name of its own, after its file.
     *
     * @param origin takes the hash of each file
     * @param reader reads one
     */
    static List<Endpoint> read(List<Path> files, Map<String, String> origin, Reader reader) throws IOException {
        List<Endpoint> ends = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            String name = MeasuredPath.nameOf(files.get(i));
            String unique = names.add(name) ? name : (i + 1) + "-" + name;
            names.add(unique);
            ends.add(new Endpoint(unique, reader.read(files.get(i))));
            origin.put("endpoint." + unique, NetworkFile.hash(files.get(i)));
        }
        return ends;
    }
}

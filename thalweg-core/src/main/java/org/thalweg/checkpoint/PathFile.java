package org.thalweg.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.ComputedLeg;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;

/**
 * Paths as safetensors files: every control once, however many legs use it, and the legs as JSON in the metadata. What is
 * read evaluates to the same bits as what was written.
 */
public final class PathFile {
    private static final String METHOD = "method";
    private static final String LEGS = "legs";

    /** Each leg is checked with work as large as the network, and a header has room for a hundred thousand. */
    private static final int MOST_LEGS = 1000;

    private PathFile() {}

    /** Writes a path, replacing a file of this name; equal paths give equal bytes. */
    public static void write(java.nio.file.Path file, Path path) throws IOException {
        Controls controls = new Controls();
        String legs = path.legs().stream().map(leg -> text(leg, controls)).collect(Collectors.joining(",", "[", "]"));
        Map<String, String> metadata = new HashMap<>(path.provenance().facts());
        metadata.put(NetworkFile.KIND, "path");
        metadata.put(Recognition.ARCHITECTURE, path.architecture().text());
        metadata.put(METHOD, path.method());
        metadata.put(LEGS, legs);
        Safetensors.write(file, controls.byName, metadata);
    }

    /**
     * Writes a path as {@link #write(java.nio.file.Path, Path)} does; what is exported from it has the names of the file that
     * {@code start}, the network at its start, came from.
     */
    public static void write(java.nio.file.Path file, Path path, Network start) throws IOException {
        Path named = ForeignNames.of(start.provenance())
                .map(names -> new Path(path.architecture(), path.method(), path.legs(), names.in(path.provenance())))
                .orElse(path);
        write(file, named);
    }

    /** Gives each distinct tensor one name. */
    private static final class Controls {
        private final Map<String, Tensor> byName = new LinkedHashMap<>();
        private final Map<Tensor, String> names = new HashMap<>();

        String name(Tensor tensor) {
            return names.computeIfAbsent(tensor, t -> {
                String name = "control." + byName.size();
                byName.put(name, t);
                return name;
            });
        }
    }

    private static String text(Leg leg, Controls controls) {
        if (leg instanceof CurveLeg curve) {
            return "{\"name\":" + Json.quoted(leg.name()) + ",\"tracks\":{"
                    + curve.tracks().entrySet().stream()
                            .map(e -> Json.quoted(e.getKey()) + ":" + text(e.getValue(), controls))
                            .collect(Collectors.joining(","))
                    + "}}";
        }
        if (leg instanceof ComputedLeg computed) {
            String facts = new TreeMap<>(computed.rule().facts())
                    .entrySet().stream()
                            .map(e -> Json.quoted(e.getKey()) + ":" + Json.quoted(e.getValue()))
                            .collect(Collectors.joining(","));
            return "{\"name\":" + Json.quoted(leg.name())
                    + ",\"start\":" + text(computed.start().asMap(), controls)
                    + ",\"end\":" + text(computed.end().asMap(), controls)
                    + ",\"rule\":{" + facts + "},\"tensors\":"
                    + text(computed.rule().tensors(), controls) + "}";
        }
        ReorderLeg reorder = (ReorderLeg) leg;
        String held = IntStream.of(reorder.held().toArray())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return "{\"name\":" + Json.quoted(leg.name()) + ",\"layer\":"
                + reorder.group().layer() + ",\"start\":"
                + text(reorder.start().asMap(), controls) + ",\"held\":[" + held + "]"
                + reorder.reader()
                        .map(tensor -> ",\"reader\":" + Json.quoted(tensor))
                        .orElse("") + "}";
    }

    private static String text(Map<String, Tensor> tensors, Controls controls) {
        return tensors.entrySet().stream()
                .map(e -> Json.quoted(e.getKey()) + ":" + Json.quoted(controls.name(e.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(Track track, Controls controls) {
        String names = track.controls().stream()
                .map(control -> Json.quoted(controls.name(control)))
                .collect(Collectors.joining(","));
        return "{\"curve\":" + Json.quoted(track.curve().text()) + ",\"controls\":[" + names + "]}";
    }

    /** Returns whether a file holds a path. */
    public static boolean isPath(Checkpoint checkpoint) {
        return checkpoint.fact(LEGS).isPresent() || CurveCheckpoint.isIn(checkpoint);
    }

    /**
     * Returns the path of a file: one of ours, or a curve of Garipov's program, all bends in one state dict.
     *
     * @throws MissingFileException if there is no such file
     * @throws CheckpointException if it is malformed or does not hold a path
     * @throws IOException if it cannot be read
     */
    public static Path read(java.nio.file.Path file) throws IOException {
        return read(file, (architecture, start, end, facts, tensors) -> {
            throw new IllegalArgumentException(
                    "its points are computed by a rule that is not known here; name a reader of it.");
        });
    }

    /**
     * Returns the path of a file as {@link #read(java.nio.file.Path)} does, computed legs included.
     *
     * @param rules restores what computes them
     */
    public static Path read(java.nio.file.Path file, ComputedLeg.RuleReader rules) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        if (CurveCheckpoint.isIn(checkpoint)) {
            return curve(checkpoint);
        }
        String legs = checkpoint
                .fact(LEGS)
                .orElseThrow(() ->
                        new CheckpointException(file, "holds no path; join two networks and save the path first."));
        Map<String, Tensor> tensors =
                checkpoint.readFinite(checkpoint.entries().keySet()).asMap();
        try {
            Architecture architecture =
                    Architecture.parse(checkpoint.fact(Recognition.ARCHITECTURE).orElse("nothing"));
            Reader reader = new Reader(architecture, tensors, rules);
            return new Path(
                    architecture,
                    checkpoint.fact(METHOD).orElse("unknown"),
                    reader.legs(Json.parse(legs)),
                    provenance(checkpoint));
        } catch (Json.JsonException e) {
            throw new CheckpointException(file, "its legs are not proper JSON: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }

    private static Path curve(Checkpoint checkpoint) throws IOException {
        try {
            return CurveCheckpoint.path(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(checkpoint.file(), String.valueOf(e.getMessage()));
        }
    }

    private static Provenance provenance(Checkpoint checkpoint) {
        Map<String, String> facts = new TreeMap<>(checkpoint.metadata());
        List.of(NetworkFile.KIND, Recognition.ARCHITECTURE, METHOD, LEGS).forEach(facts::remove);
        return new Provenance(facts);
    }

    /** Builds legs from what the metadata says; every mismatch is an IllegalArgumentException with a sentence. */
    private record Reader(Architecture architecture, Map<String, Tensor> tensors, ComputedLeg.RuleReader rules) {
        List<Leg> legs(Object json) {
            List<?> items = list(json, "legs");
            if (items.size() > MOST_LEGS) {
                throw new IllegalArgumentException(
                        "it has " + items.size() + " legs; at most " + MOST_LEGS + " are read.");
            }
            List<Leg> legs = new ArrayList<>();
            for (Object item : items) {
                legs.add(leg(object(item, "a leg")));
            }
            return legs;
        }

        private Leg leg(Map<String, Object> leg) {
            String name = string(Json.member(leg, "name"), "a leg's name");
            if (leg.containsKey("tracks")) {
                Map<String, Track> tracks = new LinkedHashMap<>();
                object(Json.member(leg, "tracks"), "tracks")
                        .forEach((tensor, track) -> tracks.put(tensor, track(track)));
                return new CurveLeg(name, tracks);
            }
            Weights start = Weights.of(tensors(leg, "start"));
            if (leg.containsKey("rule")) {
                return computed(name, start, leg);
            }
            return new ReorderLeg(
                    name,
                    start,
                    group(Json.member(leg, "layer")),
                    held(Json.member(leg, "held")),
                    Optional.ofNullable(leg.get("reader")).map(tensor -> string(tensor, "a reader")));
        }

        private Leg computed(String name, Weights start, Map<String, Object> leg) {
            Weights end = new Network(architecture, Weights.of(tensors(leg, "end")), Provenance.UNKNOWN).weights();
            Map<String, String> facts = new TreeMap<>();
            object(Json.member(leg, "rule"), "rule")
                    .forEach((fact, text) -> facts.put(fact, string(text, "a fact of a rule")));
            Weights checked = new Network(architecture, start, Provenance.UNKNOWN).weights();
            return new ComputedLeg(
                    name, start, end, rules.read(architecture, checked, end, facts, tensors(leg, "tensors")));
        }

        private Map<String, Tensor> tensors(Map<String, Object> leg, String member) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            object(Json.member(leg, member), member)
                    .forEach((tensor, control) -> tensors.put(tensor, control(control)));
            return tensors;
        }

        private Track track(Object json) {
            Map<String, Object> track = object(json, "a track");
            List<Tensor> controls = new ArrayList<>();
            for (Object control : list(Json.member(track, "controls"), "controls")) {
                controls.add(control(control));
            }
            if (controls.isEmpty()) {
                throw new IllegalArgumentException("a track has no controls.");
            }
            return new Track(Curve.parse(string(Json.member(track, "curve"), "a curve")), controls);
        }

        private Tensor control(Object json) {
            String name = string(json, "a control");
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException(
                        "its legs use " + Quote.of(name) + ", which the file does not hold.");
            }
            return tensor;
        }

        private UnitGroup group(Object layer) {
            return architecture.unitGroups().stream()
                    .filter(group -> Long.valueOf(group.layer()).equals(layer))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "it re-orders layer " + layer + ", but " + architecture.text() + " has no units there."));
        }

        private static Permutation held(Object json) {
            return Permutation.of(list(json, "held").stream()
                    .mapToInt(unit -> unit instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE ? n.intValue() : -1)
                    .toArray());
        }

        private static List<?> list(Object json, String what) {
            if (json instanceof List<?> list) {
                return list;
            }
            throw new IllegalArgumentException("in its legs, " + what + " is not a list.");
        }

        @SuppressWarnings("unchecked") // Json makes maps of strings only
        private static Map<String, Object> object(Object json, String what) {
            if (json instanceof Map) {
                return (Map<String, Object>) json;
            }
            throw new IllegalArgumentException("in its legs, " + what + " is not an object.");
        }

        private static String string(Object json, String what) {
            if (json instanceof String string) {
                return string;
            }
            throw new IllegalArgumentException("in its legs, " + what + " is not a string.");
        }
    }
}

package org.thalweg.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.BezierCurve;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/**
 * Curves trained by the program of Garipov et al. (dnn-mode-connectivity): a state dict with all bends of every tensor,
 * {@code net.LAYER.weight_0}, …, {@code bias_0}, …, and the buffers {@code coeff_layer.range} and, for Bézier curves,
 * {@code coeff_layer.binom}. Such a curve is a path of one leg.
 */
final class CurveCheckpoint {
    private static final Pattern BEND = Pattern.compile("(.*\\.)(weight|bias)_(\\d{1,4})");
    private static final String COEFFICIENTS = "coeff_layer.";

    private CurveCheckpoint() {}

    /** Returns whether a file holds such a curve. */
    static boolean isIn(Checkpoint checkpoint) {
        return hasBuffer(checkpoint, "range")
                && checkpoint.entries().keySet().stream()
                        .anyMatch(name -> BEND.matcher(name).matches());
    }

    private static boolean hasBuffer(Checkpoint checkpoint, String buffer) {
        return checkpoint.entries().keySet().stream().anyMatch(name -> name.endsWith(COEFFICIENTS + buffer));
    }

    /**
     * Returns the curve as a path; IllegalArgumentException with a sentence if its bends do not fit each other or are no
     * stack of linear layers.
     */
    static Path path(Checkpoint checkpoint) throws IOException {
        Map<String, List<Entry>> bends = bends(checkpoint);
        int controls = bends.values().iterator().next().size();
        Curve curve = hasBuffer(checkpoint, "binom") ? new BezierCurve(controls) : new PolygonalChain(controls);
        List<Entry> starts = new ArrayList<>();
        bends.forEach((name, entries) -> starts.add(
                new Entry(name, entries.get(0).dtype(), entries.get(0).shape())));
        Recognition recognition = LinearStack.in(starts, checkpoint.format().keepsOrder());
        Map<String, Track> tracks = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, String> name : recognition.names().entrySet()) {
            List<String> files = Optional.ofNullable(bends.get(name.getValue())).orElse(List.of()).stream()
                    .map(Entry::name)
                    .toList();
            Weights weights = checkpoint.readFinite(files);
            List<Tensor> tensors = new ArrayList<>(weights.asMap().values());
            tracks.put(name.getKey(), new Track(curve, tensors));
            names.put(name.getKey(), withoutNet(name.getValue()));
        }
        String method = (curve instanceof BezierCurve ? "bezier-" : "garipov-") + controls;
        Provenance provenance = new ForeignNames(names).in(Provenance.UNKNOWN);
        return new Path(recognition.architecture(), method, List.of(new CurveLeg("curve", tracks)), provenance);
    }

    /** The curve's program wraps the network as {@code net}; alone, its tensors have no such prefix. */
    private static String withoutNet(String name) {
        int net = name.startsWith("net.") ? 0 : name.indexOf(".net.") + 1;
        return name.startsWith("net.", net) ? name.substring(net + "net.".length()) : name;
    }

    /** Returns the bends of each tensor, from the first to the last, under the tensor's name. */
    private static Map<String, List<Entry>> bends(Checkpoint checkpoint) {
        Map<String, List<Entry>> bends = new LinkedHashMap<>();
        for (Entry entry : TensorNames.relevant(checkpoint)) {
            Matcher bend = BEND.matcher(entry.name());
            boolean coefficient = entry.name().contains(COEFFICIENTS);
            if (!bend.matches() && !coefficient) {
                throw new IllegalArgumentException("tensor " + Quote.of(entry.name())
                        + " is no bend of a weight or bias; of curves only those of linear layers are read.");
            }
            if (bend.matches()) {
                List<Entry> before = bends.computeIfAbsent(bend.group(1) + bend.group(2), name -> new ArrayList<>());
                requireNext(entry, Integer.parseInt(bend.group(3)), before);
                before.add(entry);
            }
        }
        int count = bends.values().iterator().next().size();
        bends.forEach((name, entries) -> {
            if (entries.size() != count) {
                throw new IllegalArgumentException("tensor " + Quote.of(name) + " has " + entries.size()
                        + " bends but the first has " + count + ".");
            }
        });
        return bends;
    }

    private static void requireNext(Entry entry, int index, List<Entry> before) {
        if (index != before.size()) {
            throw new IllegalArgumentException("tensor " + Quote.of(entry.name()) + " stands where bend "
                    + before.size() + " should be; one is missing.");
        }
        if (!before.isEmpty() && !before.get(0).shape().equals(entry.shape())) {
            throw new IllegalArgumentException(
                    "tensor " + Quote.of(entry.name()) + " has the shape " + entry.shapeText()
                            + " but the first bend has " + before.get(0).shapeText() + ".");
        }
        if (!entry.dtype().isReal()) {
            throw new IllegalArgumentException("tensor " + Quote.of(entry.name()) + " has the dtype " + entry.dtype()
                    + " but weights must be F32, F64, F16 or BF16.");
        }
    }
}

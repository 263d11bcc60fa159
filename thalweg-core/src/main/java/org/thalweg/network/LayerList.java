package org.thalweg.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlNode;

/** The layers of a description, read one after another; each finds out what it reads from the shape so far. One thread. */
final class LayerList {
    private static final int LARGEST = 1 << 24; // of one extent
    private static final int MOST_LAYERS = 10_000;
    private static final String KINDS = "linear, conv, relu, maxpool, avgpool, flatten, dropout, batchnorm, groupnorm";

    private final Optional<Integer> outputs; // of a last layer that does not say
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, ArchitectureFile.Module> modules = new LinkedHashMap<>();
    private Shape shape;
    private Optional<YamlNode> last = Optional.empty(); // a layer whose units are the data's

    LayerList(Shape input, Optional<Integer> outputs) {
        this.shape = input;
        this.outputs = outputs;
    }

    int size() {
        return layers.size();
    }

    List<Layer> layers() {
        return layers;
    }

    /** Returns what a weight file calls the layers that have a name of their own. */
    Map<String, ArchitectureFile.Module> modules() {
        return modules;
    }

    /**
     * Adds layers.
     *
     * @param prefix of our names of them
     */
    void add(List<YamlNode> items, String prefix) throws YamlException {
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            if (layers.size() >= MOST_LAYERS) {
                throw item.wrong("has more than " + MOST_LAYERS + " layers.");
            }
            if (last.isPresent()) {
                throw last.get().wrong("'units' is missing; only the last layer takes them from the data.");
            }
            Settings settings = Settings.of(item);
            if (settings.kind().equals("linear")
                    && settings.values().find("units").isEmpty()) {
                last = Optional.of(item);
            }
            try {
                Layer layer = layer(settings);
                shape = layer.output(shape);
                layers.add(layer);
            } catch (IllegalArgumentException e) {
                throw item.wrong(String.valueOf(e.getMessage()));
            }
            Optional<YamlNode> name = settings.values().find("name");
            if (name.isPresent()) {
                modules.put(
                        prefix + i,
                        new ArchitectureFile.Module(
                                name.get().text("'name'"), name.get().place()));
            }
        }
    }

    /** One item: its kind and settings; {@code kind: 3} stands for the setting that the kind cannot do without. */
    private record Settings(String kind, YamlNode.Mapping values) {
        static Settings of(YamlNode item) throws YamlException {
            if (item instanceof YamlNode.Scalar kind) {
                return new Settings(kind.text(), new YamlNode.Mapping(item.place(), Map.of()));
            }
            YamlNode.Mapping mapping = item.mapping("a layer");
            if (mapping.values().size() != 1) {
                throw item.wrong("a layer is one name, with settings behind a colon: conv: {filters: 8, size: 3}.");
            }
            Map.Entry<String, YamlNode> only =
                    mapping.values().entrySet().iterator().next();
            return only.getValue() instanceof YamlNode.Scalar shorthand
                    ? new Settings(
                            only.getKey(),
                            new YamlNode.Mapping(item.place(), Map.of(mainSetting(only.getKey()), shorthand)))
                    : new Settings(only.getKey(), only.getValue().mapping("'" + only.getKey() + "'"));
        }

        private static String mainSetting(String kind) {
            return switch (kind) {
                case "linear" -> "units";
                case "conv" -> "filters";
                case "maxpool", "avgpool" -> "size";
                case "dropout" -> "probability";
                case "groupnorm" -> "groups";
                default -> "name";
            };
        }

        int positive(String name) throws YamlException {
            return values.need(name).integer("'" + name + "'", 1, LARGEST);
        }

        boolean bias() throws YamlException {
            Optional<YamlNode> bias = values.find("bias");
            return bias.isEmpty() || bias.get().truth("'bias'");
        }

        Window window(int stride) throws YamlException {
            int size = positive("size");
            return new Window(
                    size,
                    values.find("stride", 1, LARGEST).orElse(stride == 0 ? size : stride),
                    values.find("pad", 0, LARGEST).orElse(0));
        }
    }

    private Layer layer(Settings settings) throws YamlException {
        YamlNode.Mapping values = settings.values();
        switch (settings.kind()) {
            case "linear" -> {
                values.allow("units", "bias", "name");
                OptionalInt units = values.find("units", 1, LARGEST);
                if (units.isEmpty() && outputs.isEmpty()) {
                    throw values.wrong("'units' is missing.");
                }
                return new Layer.Linear(shape.elements(), units.orElseGet(outputs::orElseThrow), settings.bias());
            }
            case "conv" -> {
                values.allow("filters", "size", "stride", "pad", "bias", "name");
                return new Layer.Convolution(
                        shape.extent(0), settings.positive("filters"), settings.window(1), settings.bias());
            }
            case "maxpool", "avgpool" -> {
                values.allow("size", "stride", "pad");
                Window window = settings.window(0);
                return settings.kind().equals("maxpool") ? new Layer.MaxPool(window) : new Layer.AveragePool(window);
            }
            case "dropout" -> {
                values.allow("probability");
                return new Layer.Dropout(values.need("probability").number("'probability'"));
            }
            case "batchnorm" -> {
                values.allow("name");
                return new Layer.BatchNorm(shape.extent(0));
            }
            case "groupnorm" -> {
                values.allow("groups", "name");
                return new Layer.GroupNorm(settings.positive("groups"), shape.extent(0));
            }
            case "relu", "flatten" -> {
                values.allow();
                return settings.kind().equals("relu") ? new Layer.Relu() : new Layer.Flatten();
            }
            default -> throw values.wrong("'" + settings.kind() + "' is no layer; use " + KINDS + ".");
        }
    }
}

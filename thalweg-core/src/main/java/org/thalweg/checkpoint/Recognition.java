package org.thalweg.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Architecture;
import org.thalweg.network.ArchitectureFile;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.yaml.YamlNode;

/**
 * Which network a file's tensors are.
 *
 * @param architecture the layers
 * @param names the file's name of each tensor of the architecture, in the architecture's order
 * @param assumptions what names and shapes do not say and was taken for granted, one sentence each
 */
public record Recognition(Architecture architecture, Map<String, String> names, List<String> assumptions) {
    /** The metadata that holds {@link Architecture#text()}. */
    static final String ARCHITECTURE = "architecture";

    public Recognition {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        assumptions = List.copyOf(assumptions);
    }

    /**
     * Recognises the network of a file from its header: by the architecture in its metadata, else from names and shapes as one
     * of the catalogue's convolutional networks or a stack of linear layers with ReLU between. O(tensors) time.
     *
     * @throws CheckpointException if its tensors are no such network, or do not fit the architecture
     */
    public static Recognition of(Checkpoint checkpoint) throws CheckpointException {
        Optional<String> text = checkpoint.fact(ARCHITECTURE);
        try {
            return text.isPresent() ? as(Architecture.parse(text.get()), checkpoint) : byNamesAndShapes(checkpoint);
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            throw text.isPresent() || TensorNames.relevant(checkpoint).isEmpty()
                    ? new CheckpointException(checkpoint.file(), problem)
                    : CheckpointException.notRecognised(checkpoint.file(), problem);
        }
    }

    private static Recognition byNamesAndShapes(Checkpoint checkpoint) {
        checkpoint.obstacle().ifPresent(obstacle -> {
            throw new IllegalArgumentException(obstacle);
        });
        return KnownNetworks.in(checkpoint).orElseGet(() -> LinearStack.in(checkpoint));
    }

    /**
     * Recognises the network of a file as what its user says that it is, whatever the file says of itself: the first of the
     * descriptions that fits. As {@link #of(Checkpoint)} does, if there are none.
     *
     * @throws CheckpointException if its tensors fit none of them
     */
    public static Recognition of(Checkpoint checkpoint, List<ArchitectureFile> descriptions)
            throws CheckpointException {
        if (descriptions.isEmpty()) {
            return of(checkpoint);
        }
        List<String> problems = new ArrayList<>();
        for (ArchitectureFile description : descriptions) {
            try {
                return as(description, checkpoint);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        throw new CheckpointException(
                checkpoint.file(),
                problems.size() == 1
                        ? problems.get(0)
                        : "fits none of the " + problems.size() + " descriptions: it " + String.join(" It ", problems));
    }

    /** Finds what a description names in a file; IllegalArgumentException with a sentence if that is not there. */
    private static Recognition as(ArchitectureFile description, Checkpoint checkpoint) {
        Map<String, String> described = new LinkedHashMap<>(); // our name by what the description calls it
        Map<String, Shape> wanted = new LinkedHashMap<>();
        description.architecture().tensors().forEach((ours, shape) -> {
            int dot = ours.lastIndexOf('.');
            String layer = ours.substring(0, dot);
            String name = Optional.ofNullable(description.modules().get(layer))
                            .map(ArchitectureFile.Module::name)
                            .orElse(layer)
                    + ours.substring(dot);
            described.put(name, ours);
            wanted.put(name, shape);
        });
        if (wanted.size() < description.architecture().tensors().size()) {
            throw new IllegalArgumentException("is described with two layers of one name.");
        }
        Map<String, String> names = new LinkedHashMap<>();
        TensorNames.match(wanted, checkpoint)
                .forEach((name, theirs) -> names.put(described.getOrDefault(name, name), theirs));
        requireLayers(description.modules().values(), names.values());
        return new Recognition(description.architecture(), names, List.of());
    }

    /** A description may use other names than the file throughout; that some are found and others not is a misspelling. */
    private static void requireLayers(Collection<ArchitectureFile.Module> described, Collection<String> tensors) {
        Set<String> layers = new LinkedHashSet<>();
        tensors.forEach(name -> layers.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
        List<ArchitectureFile.Module> missing = described.stream()
                .filter(module -> layers.stream()
                        .noneMatch(layer -> layer.equals(module.name()) || layer.endsWith("." + module.name())))
                .toList();
        if (!missing.isEmpty() && missing.size() < described.size()) {
            YamlNode.Place place = missing.get(0).place();
            throw new IllegalArgumentException(
                    "has no layer " + Quote.of(missing.get(0).name()) + ", which " + place.file()
                            + ":" + place.line() + " names; its layers are "
                            + layers.stream().limit(20).map(Quote::of).collect(Collectors.joining(", ")) + ".");
        }
    }

    /** Finds the tensors of {@code architecture} in a file; IllegalArgumentException with a sentence if they are not there. */
    private static Recognition as(Architecture architecture, Checkpoint checkpoint) {
        Map<String, String> names = ForeignNames.of(new Provenance(checkpoint.metadata()))
                .map(ForeignNames::names)
                .filter(stated -> checkpoint.entries().keySet().containsAll(stated.values()))
                .orElseGet(() -> TensorNames.match(architecture.tensors(), checkpoint));
        return new Recognition(architecture, names, List.of());
    }
}

package org.thalweg.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.thalweg.yaml.YamlNode.Mapping;
import org.thalweg.yaml.YamlNode.Place;
import org.thalweg.yaml.YamlNode.Scalar;
import org.thalweg.yaml.YamlNode.Sequence;

/**
 * Reads one document of YAML 1.2 into a tree of texts. At most 1 MB, 100,000 nodes and 32 levels; no anchors, aliases or tags, no
 * name twice, one document.
 */
public final class YamlFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_NODES = 100_000;
    private static final int MOST_LEVELS = 32;

    private final String file;
    private final Iterator<Event> events;
    private int nodes;

    private YamlFile(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    /**
     * Returns the document of a file.
     *
     * @throws YamlException if it is malformed, too large, or uses what is refused
     * @throws IOException if it cannot be read
     */
    public static YamlNode read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        Place start = new Place(file.toString(), 1);
        if (bytes.length > MOST_BYTES) {
            throw new YamlException(start, "is larger than " + MOST_BYTES + " bytes; it is no settings file.");
        }
        try {
            return parse(
                    file.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new YamlException(start, "is not UTF-8; it is no settings file, or has another encoding.");
        }
    }

    /**
     * Returns the document of a text.
     *
     * @param file what sentences call it
     * @throws YamlException if it is malformed, too large, or uses what is refused
     */
    public static YamlNode parse(String file, String text) throws YamlException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_BYTES)
                .build();
        try {
            return new YamlFile(file, new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new YamlException(new Place(file, line), "is not proper YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new YamlException(new Place(file, 1), "is not proper YAML: " + firstLine(e) + ".");
        }
    }

    private static String firstLine(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown problem");
    }

    private YamlNode document() throws YamlException {
        Event event = next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            throw new YamlException(new Place(file, 1), "is empty.");
        }
        YamlNode root = node(event, 0);
        next(); // the document's end
        Event after = next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new YamlException(place(after), "a second document begins here; write one.");
        }
        return root;
    }

    private Event next() throws YamlException {
        if (!events.hasNext()) {
            throw new YamlException(new Place(file, 1), "is not proper YAML: it ends too early.");
        }
        return events.next();
    }

    private Place place(Event event) {
        return new Place(
                file, event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    private YamlNode node(Event event, int level) throws YamlException {
        Place place = place(event);
        if (++nodes > MOST_NODES || level > MOST_LEVELS) {
            throw new YamlException(
                    place,
                    "has more than " + MOST_NODES + " values or " + MOST_LEVELS + " levels; it is no settings file.");
        }
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent named && named.getAnchor().isPresent())) {
            throw new YamlException(place, "anchors and aliases (&, *) are not read; write the value out.");
        }
        if (event instanceof ScalarEvent scalar) {
            requireNoTag(place, scalar.getTag().isPresent());
            return new Scalar(place, scalar.getValue());
        }
        if (event instanceof SequenceStartEvent sequence) {
            requireNoTag(place, sequence.getTag().isPresent());
            return new Sequence(place, items(level));
        }
        MappingStartEvent mapping = (MappingStartEvent) event; // no other event begins a node
        requireNoTag(place, mapping.getTag().isPresent());
        return new Mapping(place, values(level));
    }

    private static void requireNoTag(Place place, boolean tagged) throws YamlException {
        if (tagged) {
            throw new YamlException(place, "tags (!) are not read; leave it out.");
        }
    }

    private List<YamlNode> items(int level) throws YamlException {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, level + 1));
        }
        return items;
    }

    private Map<String, YamlNode> values(int level) throws YamlException {
        Map<String, YamlNode> values = new LinkedHashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode key = node(event, level + 1);
            String name = key.text("a name");
            if (values.containsKey(name)) {
                throw key.wrong("'" + name + "' stands here twice.");
            }
            values.put(name, node(next(), level + 1));
        }
        return values;
    }
}

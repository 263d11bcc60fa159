package org.thalweg.spark;

import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.thalweg.connect.PartialSum;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.panel.PanelInputs;
import org.thalweg.panel.PanelSource;

/**
 * A part of a panel's training examples as an executor has it: read once, and again if the heap was short since.
 *
 * @param examples neighbouring training examples
 * @param first the place of the first of them among all
 */
record OpenPart(Examples examples, int first) {
    private static final Map<Key, SoftReference<OpenPart>> OPEN = new HashMap<>(); // guarded by the class

    private record Key(PanelSource panel, int index, int parts) {}

    /**
     * Returns a part.
     *
     * @param parts how many there are, of nearly one size
     * @throws org.thalweg.panel.WorkerException if this machine does not see what the panel was begun with
     */
    static synchronized OpenPart of(PanelSource panel, int index, int parts) throws IOException {
        Key key = new Key(panel, index, parts);
        SoftReference<OpenPart> kept = OPEN.get(key);
        OpenPart open = kept == null ? null : kept.get();
        if (open == null) {
            PanelInputs inputs = OpenPanel.opened(panel); // the whole data set, until this method returns
            Examples all = inputs.work().data().train();
            int first = (int) ((long) all.count() * index / parts);
            int last = (int) ((long) all.count() * (index + 1) / parts);
            open = new OpenPart(all.range(first, last), first);
            OPEN.put(key, new SoftReference<>(open));
        }
        return open;
    }

    <T extends Serializable> T sum(PartialSum<T> sum) {
        try (Engine engine = OpenPanel.engine()) {
            return engine.alone(() -> sum.over(engine, examples, first));
        }
    }
}

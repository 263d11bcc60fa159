package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The weights in a file of {@code torch.save}, in either layout. Opening reads the pickle and checks everything but the
 * elements: O(tensors) time and memory. A tensor that several names share is read once for all of them.
 */
public final class PyTorchArchive implements TensorArchive {
    /** Views may repeat elements; what they unfold to is bounded by the file's size, this often, … */
    private static final int MOST_REPEATS = 8;

    /** … and small files may repeat this much, in bytes. */
    private static final long REPEATS_ALLOWED = 64 << 20;

    private final Layout layout;
    private final Map<String, View> views;
    private final Map<String, Entry> entries;
    private final List<String> remarks;

    private PyTorchArchive(Layout layout, StateDict weights) {
        this.layout = layout;
        this.views = weights.tensors();
        this.remarks = List.copyOf(weights.remarks());
        Map<String, Entry> entries = new LinkedHashMap<>();
        views.forEach((name, view) -> entries.put(name, view.entry()));
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Opens a file.
     *
     * @throws FormatException if it is malformed, too large in one of the ways that {@code docs/limits.md} lists, holds no
     *     weights, or something among its weights that is not read
     * @throws IOException if it cannot be read
     */
    public static PyTorchArchive open(Path file) throws IOException {
        Layout.Opened opened = isZip(file) ? ZipLayout.open(file) : LegacyLayout.open(file);
        StateDict weights = StateDict.in(opened.root());
        requireBounded(weights.tensors().values(), Files.size(file));
        opened.layout().requireHolds(storages(weights.tensors().values()));
        return new PyTorchArchive(opened.layout(), weights);
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private static void requireBounded(Collection<View> views, long fileSize) throws FormatException {
        long most = Math.max(REPEATS_ALLOWED, MOST_REPEATS * fileSize);
        long bytes = 0;
        for (View view : views) {
            view.entry().heapShape();
            bytes += view.entry().bytes(); // each below 2^31 · 16, and at most 100,000 of them
        }
        if (bytes > most) {
            throw new FormatException("would unfold to " + bytes + " bytes of tensors, more than " + MOST_REPEATS
                    + " times its own size; its views repeat too much.");
        }
    }

    private static Set<Storage> storages(Collection<View> views) throws FormatException {
        Set<Storage> storages = new LinkedHashSet<>();
        for (View view : views) {
            if (view.storage().elements() > Integer.MAX_VALUE - 16) {
                throw new FormatException("tensor " + Quote.of(view.entry().name()) + " is part of a storage of "
                        + view.storage().elements() + " elements; at most 2^31-17 are read.");
            }
            storages.add(view.storage());
        }
        return storages;
    }

    @Override
    public Map<String, Entry> entries() {
        return entries;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public Weights read(Collection<String> names) throws IOException {
        Map<Storage, List<View>> users = new LinkedHashMap<>();
        for (String name : names) {
            Optional.ofNullable(views.get(entry(name).name()))
                    .ifPresent(view -> users.computeIfAbsent(view.storage(), storage -> new ArrayList<>())
                            .add(view));
        }
        Map<String, Tensor> byName = new HashMap<>();
        layout.read(users.keySet(), (storage, elements) -> {
            for (View view : users.getOrDefault(storage, List.of())) {
                byName.put(view.entry().name(), view.cutFrom(elements));
            }
        });
        Map<String, Tensor> ordered = new LinkedHashMap<>(); // as asked, not as the storages lie
        names.forEach(name -> ordered.put(name, byName.get(name)));
        return Weights.of(ordered);
    }
}

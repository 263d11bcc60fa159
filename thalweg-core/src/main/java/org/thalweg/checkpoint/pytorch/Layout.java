package org.thalweg.checkpoint.pytorch;

import java.io.IOException;
import java.util.Collection;
import org.thalweg.checkpoint.format.Elements;

/** Where a file holds the storages that its pickle refers to. */
sealed interface Layout permits ZipLayout, LegacyLayout {
    /** Receives a storage's elements. */
    interface Receiver {
        void receive(Storage storage, Elements elements) throws IOException;
    }

    /** A file, opened: its layout, and what its pickle describes, which is large and needed once. */
    record Opened(Layout layout, Pickled root) {}

    /**
     * Checks that the file holds all bytes of these storages, before anything of their sizes is allocated.
     *
     * @throws org.thalweg.checkpoint.format.FormatException if it does not
     */
    void requireHolds(Collection<Storage> storages) throws IOException;

    /** Reads storages one after another, each given on before the next is read. */
    void read(Collection<Storage> storages, Receiver receiver) throws IOException;
}

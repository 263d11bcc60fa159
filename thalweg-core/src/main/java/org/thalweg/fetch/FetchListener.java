package org.thalweg.fetch;

/** Hears how a download gets on. */
public interface FetchListener {
    /** Hears nothing. */
    FetchListener SILENT = (address, bytes, whole) -> {};

    /**
     * Some more arrived.
     *
     * @param address of the file
     * @param bytes how many are there
     * @param whole how many there will be; fewer than {@code bytes} if the server does not say
     */
    void onBytes(String address, long bytes, long whole);
}

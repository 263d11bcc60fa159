package org.thalweg.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads whole files of a size that is known beforehand, so that a hostile one cannot make us allocate more. */
final class DataFile {
    private DataFile() {}

    /** Returns the first of these names that exists in the folder. */
    static Path find(Path folder, List<String> names) throws MissingDataException {
        for (String name : names) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new MissingDataException(folder.resolve(names.get(0)) + ": no such file"
                + (names.size() > 1 ? " (nor " + String.join(", ", names.subList(1, names.size())) + ")" : "")
                + "; check the data folder.");
    }

    /**
     * Returns the content, unpacked if the name ends in {@code .gz}, of at most {@code limit} bytes.
     *
     * @throws DataException if there is more, or it cannot be unpacked
     */
    static byte[] read(Path file, int limit) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            byte[] content = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new DataException(file + ": longer than the " + limit + " bytes that it should have at most; "
                        + "fetch it again.");
            }
            return content;
        } catch (ZipException | EOFException e) {
            throw new DataException(file + ": not a whole gzip file; fetch it again.", e);
        }
    }
}

package org.thalweg.panel;

import java.io.IOException;
import java.nio.file.Path;

/** Reads file systems that are no folders of this machine, such as {@code hdfs:} and {@code s3a:}; found by the service loader. */
public interface RemoteFiles {
    /**
     * Returns a copy of a file, or of a folder with all that is in it, of the same name, which is there until this process ends.
     *
     * @param uri names it, such as {@code hdfs://host:9000/data/mnist}
     * @throws org.thalweg.checkpoint.MissingFileException if there is no such file or folder, or no such file system
     * @throws IOException if it cannot be read
     */
    Path fetched(String uri) throws IOException;
}

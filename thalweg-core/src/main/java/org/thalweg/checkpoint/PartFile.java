package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary file in which a new file grows: {@code .NAME.PID-N.part} in the same folder. The name tells whose it is, so
 * that what a killed process left behind can be told from what a running one writes.
 */
final class PartFile implements AutoCloseable {
    private static final long PID = ProcessHandle.current().pid();

    private static final Map<Long, Path> OPEN = new HashMap<>(); // of this process, by N; guarded by the class
    private static boolean ending; // guarded by the class
    private static long last; // N of the newest; guarded by the class

    private final long number;
    private final Path path;
    private final FileChannel channel;

    private PartFile(long number, Path path, FileChannel channel) {
        this.number = number;
        this.path = path;
        this.channel = channel;
    }

    /** Makes a part of {@code target}; a link that somebody has put in its place is not followed. */
    static synchronized PartFile begin(Path target) throws IOException {
        if (ending) {
            throw new IOException("the program is ending");
        }
        while (true) {
            Path path = target.resolveSibling("." + target.getFileName() + "." + PID + "-" + ++last + ".part");
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OPEN.put(last, path);
                return new PartFile(last, path, channel);
            } catch (FileAlreadyExistsException e) {
                // of a killed process that had our process id, as a container that is started again has; take the next
                // N
            }
        }
    }

    /** Returns where it is. */
    Path path() {
        return path;
    }

    /** Returns the open file. */
    FileChannel channel() {
        return channel;
    }

    /** Closes the file, and removes it if it has not been moved to its target. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } finally {
            forget(number);
        }
    }

    private static synchronized void forget(long number) {
        OPEN.remove(number);
    }

    private static synchronized boolean isOpen(Name part) {
        return part.pid() == PID && OPEN.containsKey(part.number());
    }

    private static boolean isAlive(Name part) {
        return part.pid() == PID ? isOpen(part) : ProcessHandle.of(part.pid()).isPresent();
    }

    /** Removes the parts of this process and lets no other begin. */
    static synchronized void end() {
        ending = true;
        OPEN.values().forEach(PartFile::removeQuietly);
    }

    /** Removes what killed processes left of {@code target}. */
    static void removeAbandoned(Path target, Path folder) throws IOException {
        String name = target.getFileName().toString();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder,
                file -> Name.of(file)
                        .filter(part -> part.target().equals(name) && !isAlive(part))
                        .isPresent())) {
            files.forEach(PartFile::removeQuietly);
        }
    }

    /** Removes all parts under {@code folder} that are not being written by this process. */
    static void removeAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> Name.of(file).filter(part -> !isOpen(part)).isPresent())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(PartFile::removeQuietly);
        }
    }

    /** A part that stays takes room and does no harm, so it stops nobody. */
    private static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(PartFile.class.getName()).log(System.Logger.Level.DEBUG, "cannot remove " + file, e);
        }
    }

    /** What a part's name says. */
    private record Name(String target, long pid, long number) {
        private static final Pattern FORM = Pattern.compile("\\.(.+)\\.(\\d{1,18})-(\\d{1,18})\\.part", Pattern.DOTALL);

        static Optional<Name> of(Path file) {
            Matcher form = FORM.matcher(String.valueOf(file.getFileName()));
            return form.matches()
                    ? Optional.of(new Name(form.group(1), Long.parseLong(form.group(2)), Long.parseLong(form.group(3))))
                    : Optional.empty();
        }
    }
}

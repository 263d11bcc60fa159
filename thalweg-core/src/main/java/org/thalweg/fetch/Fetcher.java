package org.thalweg.fetch;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fetches public data sets into a folder, and says whether what is there is whole. A file is kept only if its content has the
 * length and the SHA-256 that are known; where no hash is known, that of the first download is recorded beside the files and
 * holds from then on.
 *
 * @param proxies how to reach servers
 * @param listener told of progress
 */
public record Fetcher(ProxySelector proxies, FetchListener listener) {
    /** Nothing is there, something is wrong, or all is whole. */
    public enum State {
        /** No file of the set is there. */
        MISSING,
        /** Some file is missing or not what it should be. */
        DAMAGED,
        /** All files are there, with the hashes that are known. */
        WHOLE,
        /** All files are there, of the right lengths, but no hash is known. */
        UNVERIFIED
    }

    /**
     * What is there of a set.
     *
     * @param state in a word
     * @param problem what is wrong; empty if nothing is
     */
    public record Status(State state, String problem) {}

    /** What a download left. */
    public record Fetched(Path folder, List<String> recorded) {
        public Fetched {
            recorded = List.copyOf(recorded);
        }
    }

    /** Returns whether the files of a set in {@code folder} are whole; reads all of them. */
    public static Status status(PublicSet set, Path folder) throws IOException {
        Map<String, String> recorded = RecordedSums.read(folder);
        boolean any = false;
        boolean unverified = false;
        String problem = "";
        for (PublicFile.Member member : set.members()) {
            Path file = present(folder, member);
            any |= Files.isRegularFile(file);
            Optional<String> wrong = wrong(file, member, recorded);
            problem = problem.isEmpty() ? wrong.orElse("") : problem;
            unverified |= member.sha256().isEmpty() && !recorded.containsKey(member.name());
        }
        if (!any) {
            return new Status(State.MISSING, "");
        }
        return problem.isEmpty()
                ? new Status(unverified ? State.UNVERIFIED : State.WHOLE, "")
                : new Status(State.DAMAGED, problem);
    }

    /** Returns the member's file; gzip ones may lie there unpacked. */
    private static Path present(Path folder, PublicFile.Member member) {
        Path packed = folder.resolve(member.name());
        Path plain = folder.resolve(member.name().replaceAll("\\.gz$", ""));
        return Files.isRegularFile(packed) || !Files.isRegularFile(plain) ? packed : plain;
    }

    private static Optional<String> wrong(Path file, PublicFile.Member member, Map<String, String> recorded)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(file.getFileName() + " is missing");
        }
        try {
            Content.Sum sum = Content.of(file, String.valueOf(file.getFileName()), member.bytes());
            return wrong(sum, member, recorded).map(problem -> file.getFileName() + " " + problem);
        } catch (FetchException e) {
            return Optional.of(file.getFileName() + " is no whole gzip file");
        }
    }

    private static Optional<String> wrong(Content.Sum sum, PublicFile.Member member, Map<String, String> recorded) {
        if (sum.bytes() != member.bytes()) {
            return Optional.of("holds " + (sum.bytes() > member.bytes() ? "more than " + member.bytes() : sum.bytes())
                    + " bytes but must hold " + member.bytes());
        }
        String known = member.sha256().orElse(recorded.getOrDefault(member.name(), sum.sha256()));
        return known.equals(sum.sha256())
                ? Optional.empty()
                : Optional.of("has the SHA-256 " + sum.sha256() + " but must have " + known);
    }

    /**
     * Fetches what is missing of a set.
     *
     * @param folder where its files are to lie; made if it is missing, and then removed if nothing is kept
     * @param address where they come from, ending in a slash
     * @throws FetchException if a file cannot be received, or is not what it should be; that one is then not kept
     * @throws IOException if files cannot be read or written
     */
    public Fetched fetch(PublicSet set, Path folder, URI address) throws IOException {
        boolean isNew = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        try {
            return fetchInto(folder, set, address);
        } catch (FetchException e) {
            if (isNew) {
                removeIfEmpty(folder);
            }
            throw e;
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        boolean isEmpty;
        try (Stream<Path> files = Files.list(folder)) {
            isEmpty = files.findAny().isEmpty();
        }
        if (isEmpty) {
            Files.delete(folder);
        }
    }

    private Fetched fetchInto(Path folder, PublicSet set, URI address) throws IOException {
        Map<String, String> recorded = RecordedSums.read(folder);
        Map<String, String> sums = new TreeMap<>(recorded);
        List<String> fresh = new ArrayList<>();
        for (PublicFile file : set.files()) {
            if (!isWhole(folder, file, recorded)) {
                fetch(file, folder, address, sums, fresh);
            }
        }
        if (!fresh.isEmpty()) {
            RecordedSums.write(folder, sums);
        }
        return new Fetched(folder, fresh);
    }

    private static boolean isWhole(Path folder, PublicFile file, Map<String, String> recorded) throws IOException {
        for (PublicFile.Member member : file.members()) {
            if (wrong(present(folder, member), member, recorded).isPresent()) {
                return false;
            }
        }
        return true;
    }

    private void fetch(PublicFile file, Path folder, URI address, Map<String, String> sums, List<String> fresh)
            throws IOException {
        Path part = folder.resolve("." + file.name() + ".download");
        URI source = address.resolve(file.name());
        new Download(source, part, file.mostBytes()).run(proxies, listener);
        try {
            Map<String, Content.Sum> found = file.isArchive()
                    ? Content.ofMembers(part, file)
                    : Map.of(
                            file.name(),
                            Content.of(part, file.name(), file.members().get(0).bytes()));
            for (PublicFile.Member member : file.members()) {
                Content.Sum sum = found.get(member.name());
                String problem =
                        sum == null ? "is missing" : wrong(sum, member, sums).orElse("");
                if (sum == null || !problem.isEmpty()) {
                    throw new FetchException(member.name() + " " + problem);
                }
                if (member.sha256().isEmpty() && sums.put(member.name(), sum.sha256()) == null) {
                    fresh.add(member.name());
                }
            }
        } catch (FetchException e) { // resuming would only go on with the wrong bytes
            Files.delete(part);
            throw new FetchException(source + ": what arrived is another file, and was not kept (" + e.getMessage()
                    + "); fetch again, or name another mirror.");
        }
        if (file.isArchive()) {
            Content.unpack(part, file, folder);
            Files.delete(part);
        } else {
            Files.move(part, folder.resolve(file.name()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

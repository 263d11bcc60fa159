package org.thalweg.fetch;

import java.util.List;
import java.util.Optional;

/**
 * A file on a server and what is in it.
 *
 * @param name its name there
 * @param members what it holds: of a gzip one, which is kept packed; of a {@code .tar.gz} several, which are unpacked
 */
record PublicFile(String name, List<Member> members) {
    PublicFile {
        members = List.copyOf(members);
    }

    /**
     * A file of a data set.
     *
     * @param name its name in the data set's folder
     * @param bytes length of its content, unpacked
     * @param sha256 of its content, unpacked; empty where no file was at hand to compute it from
     */
    record Member(String name, long bytes, Optional<String> sha256) {}

    /** Returns a gzip file that is kept as it is. */
    static PublicFile gzip(String name, long bytes, Optional<String> sha256) {
        return new PublicFile(name, List.of(new Member(name, bytes, sha256)));
    }

    boolean isArchive() {
        return name.endsWith(".tar.gz");
    }

    /** Returns the most bytes that it can have: packed, content grows by less than a thousandth. */
    long mostBytes() {
        long content =
                members.stream().mapToLong(member -> member.bytes() + 1024).sum();
        return content + content / 1000 + 65_536;
    }
}

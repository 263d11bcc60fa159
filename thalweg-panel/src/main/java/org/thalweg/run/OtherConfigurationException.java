package org.thalweg.run;

import java.nio.file.Path;
import java.util.Collection;
import org.thalweg.network.Provenance;

/** An output folder or file belongs to another configuration; the message names the difference. */
public final class OtherConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public OtherConfigurationException(String message) {
        super(message);
    }

    /**
     * Checks what a file says of its training.
     *
     * @param names the facts that must agree
     * @throws OtherConfigurationException naming the first that does not
     */
    public static void requireSame(Path file, Provenance found, Provenance wanted, Collection<String> names) {
        for (String name : names) {
            if (!found.fact(name).equals(wanted.fact(name))) {
                throw new OtherConfigurationException(file + " was trained otherwise: " + name + " is "
                        + wanted.fact(name).orElse("nothing") + " now but was "
                        + found.fact(name).orElse("nothing") + " there; choose another folder.");
            }
        }
    }
}

package org.thalweg.panel;

import java.io.Serializable;

/**
 * One pair by one method: the unit of work, of resuming and of distribution.
 *
 * @param a name of the network where the path starts
 * @param b name of the network where it ends
 * @param method the method's name
 */
public record Cell(String a, String b, String method) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns the pair's name, as files and tables have it. */
    public String pair() {
        return a + "_" + b;
    }

    /** Returns {@code pair/method}. */
    String key() {
        return pair() + "/" + method;
    }
}

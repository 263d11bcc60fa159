package org.thalweg.network;

/** Things that are well-formed but do not belong together: two networks, or a network and data. One sentence. */
public final class MismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfData;

    /** Creates an exception with a sentence for the user. */
    public MismatchException(String message) {
        this(message, false);
    }

    private MismatchException(String message, boolean isOfData) {
        super(message);
        this.isOfData = isOfData;
    }

    /** Returns an exception that says that data are not what a network takes or answers, with a sentence for the user. */
    public static MismatchException ofData(String message) {
        return new MismatchException(message, true);
    }

    /** Returns whether other data would mend it. */
    public boolean isOfData() {
        return isOfData;
    }
}

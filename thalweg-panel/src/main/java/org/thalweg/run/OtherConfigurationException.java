package org.thalweg.run;

/** An output folder or file belongs to another configuration; the message names the difference. */
public final class OtherConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public OtherConfigurationException(String message) {
        super(message);
    }
}

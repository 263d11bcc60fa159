package org.thalweg.yaml;

import java.io.IOException;

/** A settings file that is malformed, or does not say what it must; one sentence that names file and line. */
public final class YamlException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public YamlException(YamlNode.Place place, String problem) {
        super(place.file() + ":" + place.line() + ": " + problem);
    }
}

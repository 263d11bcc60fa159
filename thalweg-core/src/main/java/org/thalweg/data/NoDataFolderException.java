package org.thalweg.data;

/** A data set is read from files, and which folder they are in was not said. One sentence. */
public final class NoDataFolderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String dataSet;

    NoDataFolderException(String dataSet) {
        super("data set '" + dataSet + "' is read from files and no data folder was given.");
        this.dataSet = dataSet;
    }

    /** Returns the name of the data set. */
    public String dataSet() {
        return dataSet;
    }
}

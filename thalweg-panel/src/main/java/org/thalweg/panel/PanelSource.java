package org.thalweg.panel;

import java.io.IOException;
import java.io.Serializable;

/** Opens a panel again in another process: a few texts that can be sent there, equal for equal panels. */
public interface PanelSource extends Serializable {
    /**
     * Opens what cells and trainings are computed from; data are read, networks not yet.
     *
     * @throws IOException if a file cannot be read
     */
    PanelInputs open() throws IOException;
}

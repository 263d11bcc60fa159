package org.thalweg.report;

import org.thalweg.panel.StoredPanel;

/**
 * What a table calls a method.
 *
 * @param method the method's name
 * @param run what stands behind it where runs are shown side by side, with the separator; else empty
 */
record MethodLabel(String method, String run) {
    static MethodLabel of(String label) {
        int separator = label.indexOf(StoredPanel.RUN_SEPARATOR);
        return separator < 0
                ? new MethodLabel(label, "")
                : new MethodLabel(label.substring(0, separator), label.substring(separator));
    }

    /** Returns what the same run calls the method that does the same but first matches units; of learned maps {@code ot}. */
    String matched() {
        String[] parts = method.split("(?=[+])", 2);
        return "ot" + (parts.length > 1 ? parts[1] : "") + run;
    }

    /** Returns whether units are matched before they are moved. */
    boolean matches() {
        return method.startsWith("ot");
    }
}

package org.thalweg.spark;

import java.io.IOException;

/** A cluster that gives no answer, or gives up. */
final class SparkUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    SparkUnreachableException(String master, Exception cause) {
        super(
                "Spark at " + master + " runs this panel no more ("
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given")
                        + "); check the address and the logs of its master and workers. What is finished is kept.",
                cause);
    }
}

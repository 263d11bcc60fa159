package org.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.thalweg.result.Profile;

class ConnectTwoNetworksTest {
    @Test
    void transportStaysAboveTheStraightLine() throws IOException {
        Profile transported = ConnectTwoNetworks.run("ot", 1000);
        Profile straight = ConnectTwoNetworks.run("linear", 1000);

        assertThat(transported.curveWorst().trainLoss().value())
                .isLessThan(straight.curveWorst().trainLoss().value());
        assertThat(transported.start()).isEqualTo(straight.start());
    }
}

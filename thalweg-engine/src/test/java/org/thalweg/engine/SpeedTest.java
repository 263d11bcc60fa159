package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;

class SpeedTest {
    /** A curve's 20 epochs of 50,000 examples: 7800 steps take seconds, though the network has few multiply-adds. */
    @Test
    void usualSpeedOfSmallNetworksIsThatOfTheirSteps() {
        Architecture small = Architecture.parse("linear(4,8) relu linear(8,2)");
        Work training = Work.ofLayers(3.0 * 20 * 50_000 * (4 * 8 + 8 * 2));

        assertThat(Speed.usual(small).seconds(training, 1)).isBetween(2.0, 5.0);
    }

    @Test
    void usualSpeedOfLargeNetworksIsThatOfTheirProducts() {
        Speed speed = Speed.usual(Architecture.parse("linear(784,2000) relu linear(2000,10)"));

        assertThat(speed.layers()).isBetween(0.9 * speed.products(), speed.products());
    }
}

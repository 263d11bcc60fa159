package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train --out RUN                             | true
            panel --out RUN --methods arc               | true
            data fetch mnist                            | true
            connect A B --method ot:garipov-3 --out P   | true
            connect A B --method=bezier-3 --out=P       | true
            connect A B --method garipov-3              | false
            connect A B --out P                         | false
            merge A B --out garipov.pt                  | false
            predict panel --out train                   | false
            """)
    void onlyCommandsThatGoOnPromiseTo(String line, boolean resumes) {
        assertThat(Interruption.resumes(List.of(line.split(" ", -1)))).isEqualTo(resumes);
        assertThat(Interruption.sentence(resumes)).contains(resumes ? "goes on from there" : "begins anew");
    }
}

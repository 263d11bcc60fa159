package org.thalweg.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.panel.EnsembleTable;
import org.thalweg.panel.EnsembleTable.Mean;

/** What a study of ensembles found, in a sentence or two: what all members together gain, and at what cost. */
final class EnsembleAnswer {
    private EnsembleAnswer() {}

    static String sentence(EnsembleTable table) {
        List<Mean> independent = table.means(EnsembleTable.INDEPENDENT);
        Mean one = independent.get(0);
        Mean all = independent.get(independent.size() - 1);
        String answer = String.format(
                Locale.ROOT,
                "One network has %s %% test accuracy, %d independent ones together have %s %% at %d times the compute.",
                one.accuracy().text(100, 2),
                all.first().members(),
                all.accuracy().text(100, 2),
                all.first().members());
        return answer + shared(table, all).map(best -> beside(best, one)).orElse("");
    }

    /** Returns the best of all members together that really share a backbone. */
    private static Optional<Mean> shared(EnsembleTable table, Mean independent) {
        return table.methods().stream()
                .filter(method -> method.startsWith("wa-"))
                .map(table::means)
                .map(means -> means.get(means.size() - 1))
                .filter(mean ->
                        mean.first().multiplyAdds() < independent.first().multiplyAdds())
                .max(Comparator.comparingDouble(mean -> mean.accuracy().mean()));
    }

    private static String beside(Mean best, Mean one) {
        return String.format(
                Locale.ROOT,
                " On one backbone %s does best, %s %% at %.2f times the compute and %.2f times the storage of one.",
                best.first().method(),
                best.accuracy().text(100, 2),
                (double) best.first().multiplyAdds() / one.first().multiplyAdds(),
                (double) best.first().storageBytes() / one.first().storageBytes());
    }
}

package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.path.Path;
import org.thalweg.result.AssignmentQuality;

/**
 * A method of optimal transport, extended to networks that differ in the numbers of hidden units: these are brought to one
 * architecture by a {@link Refinement}, at whose ends the path begins and ends. Networks alike are joined as ever.
 *
 * @param name the method's whole name, such as {@code ot+wa}
 * @param alike the method itself; joins refinements of more than one hidden layer, which can still improve
 * @param straight the same on straight lines; joins refinements of one hidden layer, whose slots are transported already
 */
record OtherWidths(String name, Connector alike, Connector straight) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        if (!a.architecture().differsInWidthsOnly(b.architecture())) {
            return alike.connect(a, b, context);
        }
        Refinement refined = Refinement.of(List.of(a, b), context);
        Network start = refined.networks().get(0);
        Network end = refined.networks().get(1);
        if (refined.quality().isEmpty()) {
            return alike.connect(start, end, context);
        }
        AssignmentQuality quality = refined.quality().get();
        Path path = straight.connect(start, end, context);
        Provenance provenance = path.provenance()
                .with(Methods.ASSIGNMENT_COST, Double.toString(quality.cost()))
                .with(Methods.DUALITY_GAP, Double.toString(quality.dualityGap()));
        return new Path(path.architecture(), name, path.legs(), provenance);
    }

    @Override
    public Optional<Work> cost(Sizes sizes) {
        if (!sizes.a().differsInWidthsOnly(sizes.b())) {
            return alike.cost(sizes);
        }
        boolean isDeep = sizes.a().hiddenUnits().size() > 1;
        return (isDeep ? alike : straight).cost(sizes.refined()).map(Refinement.cost(sizes.a(), sizes.b())::plus);
    }
}

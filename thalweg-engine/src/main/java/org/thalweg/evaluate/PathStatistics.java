package org.thalweg.evaluate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.result.StatisticsPolicy;

/**
 * The weights of a path whose batch norms' statistics follow a policy. What was found for a point is remembered. For use by
 * one thread.
 */
final class PathStatistics {
    private final Path path;
    private final StatisticsPolicy policy;
    private final NormStatistics norms;
    private final Optional<CarriedStatistics>
            fromA; // of KEEP the statistics, of REPAIR the output moments of A, at each point's slots
    private final Optional<CarriedStatistics> fromB;
    private final boolean endsAreNetworks;
    private final Map<Path.Position, Map<String, Tensor>> found = new HashMap<>();

    PathStatistics(Engine engine, Path path, Examples train, StatisticsPolicy policy) {
        this(engine, path, train, policy, true);
    }

    private PathStatistics(Engine engine, Path path, Examples train, StatisticsPolicy policy, boolean endsAreNetworks) {
        this.path = path;
        this.policy = policy;
        this.endsAreNetworks = endsAreNetworks;
        this.norms = new NormStatistics(engine, path.architecture(), train);
        this.fromA = switch (policy) {
            case KEEP -> Optional.of(CarriedStatistics.forward(path, path.at(0)));
            case REPAIR -> Optional.of(CarriedStatistics.forward(path, NormRepair.outputs(norms, path.at(0))));
            case INTERPOLATE, RE_ESTIMATE -> Optional.empty();
        };
        this.fromB = policy == StatisticsPolicy.REPAIR
                ? Optional.of(CarriedStatistics.backward(path, NormRepair.outputs(norms, path.at(1))))
                : Optional.empty();
    }

    /** Returns statistics that are estimated at a line's ends too, which are no networks that brought some. */
    static PathStatistics ofLine(Engine engine, Path line, Examples train) {
        return new PathStatistics(engine, line, train, StatisticsPolicy.RE_ESTIMATE, false);
    }

    /** Returns the weights at a leg's own position {@code s}. */
    Weights at(int leg, double s) {
        Weights weights = path.legs().get(leg).at(s);
        boolean isEnd = (leg == 0 && s == 0) || (leg == path.legs().size() - 1 && s == 1);
        if ((isEnd && endsAreNetworks) || policy == StatisticsPolicy.INTERPOLATE) {
            return weights;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.putAll(found.computeIfAbsent(new Path.Position(leg, s), position -> statistics(weights, position)));
        return Weights.of(tensors);
    }

    private Map<String, Tensor> statistics(Weights weights, Path.Position position) {
        Weights set = switch (policy) {
            case KEEP, INTERPOLATE -> fromA.orElseThrow().at(position);
            case RE_ESTIMATE -> norms.set(weights, (norm, reaching) -> reaching);
            case REPAIR -> repaired(weights, position);
        };
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        path.architecture().buffers().keySet().forEach(name -> buffers.put(name, set.get(name)));
        return buffers;
    }

    private Weights repaired(Weights weights, Path.Position position) {
        double t = path.t(position.leg(), position.s());
        return NormRepair.towards(
                norms,
                weights,
                fromA.orElseThrow().at(position),
                fromB.orElseThrow().at(position),
                t);
    }
}

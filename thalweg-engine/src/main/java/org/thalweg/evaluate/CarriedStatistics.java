package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;

/** One end's statistics along the path, which rest on curves and travel with their units where these are re-ordered. */
record CarriedStatistics(List<Leg> legs) {
    Weights at(Path.Position position) {
        return legs.get(position.leg()).at(position.s());
    }

    static CarriedStatistics forward(Path path, Weights start) {
        List<Leg> legs = new ArrayList<>();
        Weights here = start;
        for (Leg leg : path.legs()) {
            Leg carried = with(leg, here, path.architecture());
            legs.add(carried);
            here = carried.at(1);
        }
        return new CarriedStatistics(legs);
    }

    static CarriedStatistics backward(Path path, Weights end) {
        List<Leg> legs = new ArrayList<>();
        Weights here = end;
        for (int i = path.legs().size() - 1; i >= 0; i--) {
            Leg leg = path.legs().get(i);
            Weights begin = leg instanceof ReorderLeg reorder ? reorder.group().relist(here, reorder.held()) : here;
            Leg carried = with(leg, begin, path.architecture());
            legs.add(0, carried);
            here = carried.at(0);
        }
        return new CarriedStatistics(legs);
    }

    /** Returns the leg with the statistics that {@code at} has where the leg starts. */
    private static Leg with(Leg leg, Weights at, Architecture architecture) {
        if (leg instanceof ReorderLeg reorder) {
            return reorder.from(replaced(reorder.start(), at, architecture));
        }
        Map<String, Track> tracks = new LinkedHashMap<>(((CurveLeg) leg).tracks());
        architecture.buffers().keySet().forEach(name -> tracks.put(name, Track.resting(at.get(name))));
        return new CurveLeg(leg.name(), tracks);
    }

    private static Weights replaced(Weights weights, Weights statistics, Architecture architecture) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        architecture.buffers().keySet().forEach(name -> tensors.put(name, statistics.get(name)));
        return Weights.of(tensors);
    }
}

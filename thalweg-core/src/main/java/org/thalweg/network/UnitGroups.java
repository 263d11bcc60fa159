package org.thalweg.network;

import java.util.ArrayList;
import java.util.List;

/** Derives what lists a hidden layer's units from the layers between it and the next one. */
final class UnitGroups {
    private UnitGroups() {}

    static List<UnitGroup> hidden(Architecture architecture) {
        List<Architecture.Affine> affine = architecture.affine();
        List<UnitGroup> groups = new ArrayList<>();
        for (int k = 0; k + 1 < affine.size(); k++) {
            groups.add(group(architecture, affine.get(k), affine.get(k + 1)));
        }
        return groups;
    }

    static List<UnitGroup> interchangeable(Architecture architecture) {
        List<Architecture.Affine> affine = architecture.affine();
        List<UnitGroup> groups = new ArrayList<>(hidden(architecture));
        for (int k = groups.size() - 1; k >= 0; k--) {
            if (!interchangeable(architecture, affine.get(k), affine.get(k + 1))) {
                groups.remove(k);
            }
        }
        return groups;
    }

    private static boolean interchangeable(
            Architecture architecture, Architecture.Affine from, Architecture.Affine to) {
        int units = from.layer().outputs();
        return architecture.layers().subList(from.position(), to.position()).stream()
                .noneMatch(
                        layer -> layer instanceof Layer.GroupNorm norm && norm.groups() != 1 && norm.groups() != units);
    }

    private static UnitGroup group(Architecture architecture, Architecture.Affine from, Architecture.Affine to) {
        List<UnitGroup.Slice> slices = new ArrayList<>();
        int units = from.layer().outputs();
        int block = 1; // neighbouring features that belong to one unit
        for (int position = from.position(); position < to.position(); position++) {
            Layer layer = architecture.layers().get(position);
            String prefix = architecture.name(position) + ".";
            if (layer instanceof Layer.Flatten) {
                block = architecture.shapeBefore(position).elements() / units;
            }
            for (String name : layer.parameters().keySet()) {
                slices.add(new UnitGroup.Slice(prefix + name, 0, block));
            }
            for (String name : layer.buffers().keySet()) {
                slices.add(new UnitGroup.Slice(prefix + name, 0, block));
            }
        }
        slices.add(new UnitGroup.Slice(to.weight(), 1, block));
        return new UnitGroup(from.position(), units, slices);
    }
}

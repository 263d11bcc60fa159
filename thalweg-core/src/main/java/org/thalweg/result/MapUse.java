package org.thalweg.result;

import java.util.List;

/**
 * Which learned map made a path.
 *
 * @param model fingerprint of the map's parameters
 * @param trainedOn which of the path's ends the map was trained on: {@code a}, {@code b}, both or neither
 * @param chosenOn which of them its best state was chosen on
 */
public record MapUse(String model, List<String> trainedOn, List<String> chosenOn) {
    public MapUse {
        trainedOn = List.copyOf(trainedOn);
        chosenOn = List.copyOf(chosenOn);
    }
}

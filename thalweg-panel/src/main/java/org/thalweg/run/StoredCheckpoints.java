package org.thalweg.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.thalweg.connect.Checkpoints;
import org.thalweg.train.CurveEpoch;
import org.thalweg.train.CurveState;

/**
 * Checkpoints in a folder, and a listener that hears of every epoch.
 *
 * @param folder where states are stored after each epoch; nothing is stored if there is none
 * @param listener hears of the epoch once its state is stored
 */
public record StoredCheckpoints(Optional<CurveFolder> folder, EpochListener listener) implements Checkpoints {
    /** Hears how a training inside a method goes. */
    public interface EpochListener {
        /** An epoch of the trained curve {@code method} is done. */
        void onEpoch(String method, CurveEpoch epoch);
    }

    @Override
    public CurveState resume(String method, CurveState start) {
        try {
            return folder.isPresent() ? folder.get().resume(method, start) : start;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEpoch(String method, CurveEpoch epoch) {
        try {
            if (folder.isPresent()) {
                folder.get().store(method, epoch.state());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.onEpoch(method, epoch);
    }
}

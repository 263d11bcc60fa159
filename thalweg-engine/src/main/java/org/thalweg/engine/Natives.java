package org.thalweg.engine;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch and OpenBLAS once, and keeps both from starting threads of their own. */
final class Natives {
    /** Extracted before any class of the preset is touched: else a libtorch on the system's path is found first and crashes. */
    private static final String[] FIRST = {"c10", "torch_cpu", "torch"};

    private Natives() {}

    private static final class Once {
        static {
            extract();
            openblas.blas_set_num_threads(1);
            openblas_nolapack.blas_set_num_threads(1);
        }

        static void run() {}

        private static void extract() {
            String platform = Loader.getPlatform();
            for (String library : FIRST) {
                String file = System.mapLibraryName(library);
                try {
                    Loader.cacheResource("/org/bytedeco/pytorch/" + platform + "/" + file);
                } catch (IOException e) {
                    throw new IllegalStateException(file + " could not be extracted", e);
                }
            }
        }
    }

    /** Loads the libraries if this has not been done, and limits kernels of the calling thread to that thread. */
    static void loadForThisThread() {
        try {
            Once.run();
            torch.set_num_threads(1);
        } catch (LinkageError | RuntimeException e) {
            throw new EngineException(
                    "The engine's native libraries for " + Loader.getPlatform() + " could not be loaded (" + e
                            + "); supported are linux-x86_64, macosx-arm64 and windows-x86_64, with a writable home folder.",
                    e);
        }
    }
}

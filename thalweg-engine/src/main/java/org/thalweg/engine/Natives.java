package org.thalweg.engine;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch and OpenBLAS once, and keeps both from starting threads of their own.
 *
 * <p>A machine may have another libtorch: Debian's {@code python3-torch} lies in a folder that its Java searches, other
 * programs put theirs into {@code LD_LIBRARY_PATH}. Loaded into ours it crashes the process. So ours is brought to disk before
 * any class of the preset is touched, else JavaCPP finds the other first; and on Linux it is loaded by its full name, lowest
 * library first, because the system's loader asks {@code LD_LIBRARY_PATH} only for names that are not loaded yet.
 */
final class Natives {
    private static final List<String> LIBRARIES = List.of("c10", "torch_cpu", "torch"); // each needs those before it

    private Natives() {}

    private static final class Once {
        static {
            List<File> libraries = LIBRARIES.stream().map(Natives::extracted).toList();
            openblas.blas_set_num_threads(1);
            openblas_nolapack.blas_set_num_threads(1);
            if (Loader.getPlatform().startsWith("linux")) {
                libraries.forEach(file -> System.load(file.getAbsolutePath()));
            }
        }

        static void run() {}
    }

    private static File extracted(String library) {
        String file = System.mapLibraryName(library);
        try {
            return Loader.cacheResource("/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + file);
        } catch (IOException e) {
            throw new IllegalStateException(file + " could not be extracted", e);
        }
    }

    /** Loads the libraries if this has not been done, and limits kernels of the calling thread to that thread. */
    static void loadForThisThread() {
        try {
            Once.run();
            torch.set_num_threads(1);
        } catch (OutOfMemoryError e) {
            throw Kernel.overLimit(e).orElseThrow(() -> e);
        } catch (LinkageError | RuntimeException e) {
            throw new EngineException(
                    "The engine's native libraries for " + Loader.getPlatform() + " could not be loaded (" + e
                            + "); supported are linux-x86_64, macosx-arm64 and windows-x86_64, with a writable home folder.",
                    e);
        }
    }
}

package io.retcon.retrainer.libtorch;

import io.retcon.schemas.RefusedInput;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's native code, loaded once a process. */
final class LoadedTorch {
    static {
        // JavaCPP would otherwise refuse to allocate once the process is larger than a multiple of
        // the heap, where tensors are most of the process.
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private LoadedTorch() {}

    /**
     * @throws RefusedInput if it cannot be loaded, with the library that is missing
     */
    static void require() {
        try {
            Loader.load(torch.class);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new RefusedInput(
                    "engine libtorch cannot be loaded (%s): retcon engine check says what is missing"
                            .formatted(e.getMessage().lines().findFirst().orElse("no reason said")),
                    e);
        }
    }
}

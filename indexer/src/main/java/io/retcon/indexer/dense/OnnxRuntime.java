package io.retcon.indexer.dense;

import ai.onnxruntime.OrtEnvironment;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * ONNX Runtime, kept from reporting its use.
 *
 * <p>Version 1.29 reads the machine's id and the process's command line to report them, before any
 * setting of its own can stop it, and dies of a command line beyond 4 KB, which any class path is.
 * Only an environment variable keeps it from that, and Java cannot set one; the C library can.
 */
final class OnnxRuntime {
    private static final OrtEnvironment ENVIRONMENT = start();

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    @SuppressWarnings("restricted")
    private static OrtEnvironment start() {
        var linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv");
        if (setenv.isPresent()) {
            var call =
                    linker.downcallHandle(
                            setenv.get(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            try (var arena = Arena.ofConfined()) {
                int failed =
                        (int)
                                call.invokeExact(
                                        arena.allocateFrom("ORT_DISABLE_TELEMETRY"),
                                        arena.allocateFrom("1"),
                                        1);
                if (failed != 0) {
                    throw new IllegalStateException("setenv says " + failed);
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return OrtEnvironment.getEnvironment();
    }
}

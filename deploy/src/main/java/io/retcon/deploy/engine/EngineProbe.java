package io.retcon.deploy.engine;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Precision;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an engine can compute on, asked in a process of its own. */
final class EngineProbe {
    private static final int MOST_GPUS = 64;

    private EngineProbe() {}

    /**
     * What it said.
     *
     * @param reason why it can compute on nothing; empty where it can
     */
    record Said(List<String> devices, String reason) {}

    /** Prints what this class path's engine computes on, as JSON. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(new ObjectMapper().writeValueAsString(here()));
    }

    private static Said here() {
        var devices = new ArrayList<String>();
        try {
            Engine.here().require(Compute.cpu(1));
            devices.add(Compute.CPU);
            for (int gpu = 0; gpu < MOST_GPUS; gpu++) {
                Engine.here().require(new Compute("cuda:" + gpu, Precision.FP32, 1));
                devices.add("cuda:" + gpu);
            }
        } catch (RefusedInput e) {
            return new Said(devices, devices.isEmpty() ? e.getMessage() : "");
        }
        return new Said(devices, "");
    }

    static Said ask(InstalledEngine engine) {
        try {
            var builder = EngineProcess.builder(engine, EngineProbe.class, List.of());
            var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var out = process.getInputStream()) {
                var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                int status = process.waitFor();
                return status == 0
                        ? new ObjectMapper().readValue(said, Said.class)
                        : new Said(List.of(), "its process ended with status %d".formatted(status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an engine was asked", e);
        }
    }
}

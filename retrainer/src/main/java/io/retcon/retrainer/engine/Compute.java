package io.retcon.retrainer.engine;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.regex.Pattern;

/**
 * What a model is computed on.
 *
 * @param device cpu, or cuda: and the number of a GPU
 * @param threads on the CPU; another number gives other bits in training
 */
public record Compute(String device, Precision precision, int threads) {
    public static final String CPU = "cpu";

    private static final Pattern DEVICES = Pattern.compile("cpu|cuda:\\d{1,3}");

    public Compute {
        requireNonNull(precision, "precision is null");
        if (!DEVICES.matcher(device).matches()) {
            throw new RefusedInput(
                    "device '%s' is neither cpu nor a GPU such as cuda:0".formatted(device));
        }
        if (threads < 1) {
            throw new RefusedInput("threads must be 1 or more");
        }
    }

    /** On so many threads of the CPU, in fp32. */
    public static Compute cpu(int threads) {
        return new Compute(CPU, Precision.FP32, threads);
    }

    public boolean isOnCpu() {
        return device.equals(CPU);
    }
}

package io.retcon.retrainer.training;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/** Tokens a second of training, by the clock and by the processor's time; not run by the build. */
public final class BenchmarkTrainer {
    private BenchmarkTrainer() {}

    /** Arguments: width, blocks, heads, inner, vocabulary, tokens, sequences, threads, steps. */
    public static void main(String[] arguments) {
        var a = new int[arguments.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = Integer.parseInt(arguments[i]);
        }
        var config =
                """
                {"model_type": "olmo2", "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "vocab_size": %d,
                 "max_position_embeddings": %d}
                """
                        .formatted(a[0], a[1], a[2], a[3], a[4], a[5]);
        var recipe =
                Recipe.parse(
                        """
                        {"learning_rate": 0.001, "schedule": "constant", "max_grad_norm": 1.0,
                         "weight_decay": 0.1, "z_loss_multiplier": 1e-5}
                        """,
                        "benchmark");
        var random = new SplittableRandom(1);
        int[][] sequences = new int[a[6]][];
        for (int s = 0; s < a[6]; s++) {
            sequences[s] = random.ints(a[5], 0, a[4]).toArray();
        }
        try (var trainer = Trainer.fresh(config, recipe, 1, a[7])) {
            for (int round = 0; round < 4; round++) {
                long start = System.nanoTime();
                long processor = processorNanos();
                for (int i = 0; i < a[8]; i++) {
                    trainer.step(sequences);
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                double processorSeconds = (processorNanos() - processor) / 1e9;
                double tokens = (double) a[5] * a[6] * a[8];
                System.out.printf(
                        "%.0f tokens/s, %.0f tokens a processor second, %.2f ms a step%n",
                        tokens / seconds, tokens / processorSeconds, 1000 * seconds / a[8]);
            }
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}

package io.retcon.deploy.bench;

import io.retcon.retrainer.model.GradientPass;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What training on one sequence takes as it grows: linear where no row of scores is kept. */
final class AttentionMemory {
    private static final List<Integer> LENGTHS = List.of(512, 1024, 2048);

    private AttentionMemory() {}

    /**
     * The buffers of a pass, without gradients, in bytes; the ratio is the growth since half the
     * length.
     */
    static List<Measurement> measure() {
        var measurements = new ArrayList<Measurement>();
        double half = 0;
        for (int length : LENGTHS) {
            var shape = TrainingShape.SMALL.single(length);
            double bytes = bytes(shape);
            measurements.add(
                    new Measurement(
                            "train/memory/%d tokens".formatted(length),
                            bytes,
                            Optional.empty(),
                            "none",
                            "bytes",
                            Optional.empty(),
                            (long) bytes,
                            Optional.empty(),
                            half == 0
                                    ? ""
                                    : "%.2f times that of half the tokens"
                                            .formatted(bytes / half)));
            half = bytes;
        }
        return measurements;
    }

    private static double bytes(TrainingShape shape) {
        var config = ModelConfig.parse(shape.configJson(), "the benchmark");
        try (var model = LanguageModel.fresh(config, 1);
                var pass = new GradientPass(model, shape.length(), shape.length())) {
            return pass.bytes() - 4.0 * model.layout().length();
        }
    }
}

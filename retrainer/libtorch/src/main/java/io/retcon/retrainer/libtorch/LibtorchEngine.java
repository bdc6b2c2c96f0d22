package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

/** LibTorch on the CPU or on a GPU: forward passes with automatic differentiation. */
public final class LibtorchEngine implements Engine {
    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public void require(Compute compute) {
        Placement.of(compute);
    }

    @Override
    public Updates updates(LanguageModel model, Moments moments, Recipe recipe, Compute compute) {
        var placement = Placement.of(compute);
        try {
            return new TorchUpdates(model, moments, recipe, placement);
        } catch (RuntimeException e) {
            throw OutOfMemory.isSaidBy(e) ? tooLarge(model, placement, e) : e;
        }
    }

    private static RefusedInput tooLarge(
            LanguageModel model, Placement placement, RuntimeException cause) {
        double bytes = 4.0 * model.layout().length() * Float.BYTES;
        return new RefusedInput(
                "out of memory on %s: weights, gradients and moments alone take %.1f GB"
                        .formatted(placement, bytes / 1e9),
                cause);
    }

    @Override
    public Answers answers(LanguageModel model, Compute compute) {
        return new TorchAnswers(model, Placement.of(compute));
    }
}

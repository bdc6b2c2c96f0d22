package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

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
        return new TorchUpdates(model, moments, recipe, Placement.of(compute));
    }

    @Override
    public Answers answers(LanguageModel model, Compute compute) {
        return new TorchAnswers(model, Placement.of(compute));
    }
}

package io.retcon.retrainer.engine.nd4j;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Precision;
import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

/** Explicit forward and backward passes on the CPU, over ND4J arrays and its OpenBLAS. */
public final class Nd4jEngine implements Engine {
    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public void require(Compute compute) {
        if (!compute.isOnCpu() || compute.precision() != Precision.FP32) {
            throw new RefusedInput(
                    "engine nd4j computes on the cpu in fp32 alone: engine libtorch has %s and %s"
                            .formatted(compute.device(), compute.precision()));
        }
    }

    @Override
    public Updates updates(LanguageModel model, Moments moments, Recipe recipe, Compute compute) {
        return new Nd4jUpdates(model, moments, recipe, compute.threads());
    }

    @Override
    public Answers answers(LanguageModel model, Compute compute) {
        return new Nd4jAnswers(model);
    }
}

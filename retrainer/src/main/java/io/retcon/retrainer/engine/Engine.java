package io.retcon.retrainer.engine;

import io.retcon.retrainer.engine.nd4j.Nd4jEngine;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

import java.util.ServiceLoader;

/**
 * Computes models. Families, checkpoints, recipes and what a step means are the same in all
 * engines; they differ in how a network and its update are computed. A process has one engine: the
 * service on its class path, or else nd4j.
 */
public interface Engine {
    /** The engine of this process. */
    static Engine here() {
        return OnClassPath.ENGINE;
    }

    /** What specs and checkpoints call it. */
    String name();

    /**
     * @throws RefusedInput if it cannot compute on that here, with the reason
     */
    void require(Compute compute);

    /** Training of a model, whose weights and moments it changes. Closes neither of them. */
    Updates updates(LanguageModel model, Moments moments, Recipe recipe, Compute compute);

    /** Answers about a model as it is now. Does not close it. */
    Answers answers(LanguageModel model, Compute compute);

    /** Found once, when it is first asked for. */
    final class OnClassPath {
        private static final Engine ENGINE =
                ServiceLoader.load(Engine.class).findFirst().orElseGet(Nd4jEngine::new);

        private OnClassPath() {}
    }
}

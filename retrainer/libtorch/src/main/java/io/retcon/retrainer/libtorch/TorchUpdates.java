package io.retcon.retrainer.libtorch;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients by LibTorch's automatic differentiation, on a CPU of a share of the sequences a thread:
 * LibTorch's own threads wait for each other after every operation, which costs more than the
 * operations of a small model. On a GPU weights and moments lie there, and the model's own are
 * brought up to date when they are asked for.
 */
final class TorchUpdates implements Updates {
    private final LanguageModel model;
    private final Moments moments;
    private final Recipe recipe;
    private final Placement placement;
    private final Tensor weights;
    private final Tensor means;
    private final Tensor squares;
    private final Crew crew;
    private final List<TorchShare> shares = new ArrayList<>();
    private final FusedAdamW optimizer;
    private final MemoryPlan plan;
    private boolean ahead;

    TorchUpdates(LanguageModel model, Moments moments, Recipe recipe, Placement placement) {
        this.model = requireNonNull(model, "model is null");
        this.moments = requireNonNull(moments, "moments is null");
        this.recipe = requireNonNull(recipe, "recipe is null");
        this.placement = requireNonNull(placement, "placement is null");
        weights = placement.placed(model.weights());
        means = placement.placed(moments.means());
        squares = placement.placed(moments.squares());
        plan = new MemoryPlan(recipe, placement);
        crew = new Crew(placement.crew());
        shares.add(new TorchShare(model, weights, recipe, plan, placement));
        optimizer =
                new FusedAdamW(
                        recipe, model.layout(), weights, gradients(), means, squares, placement);
    }

    @Override
    public Gradient gradient(List<Example> examples, int divisor) {
        while (true) {
            try {
                return over(examples, divisor);
            } catch (RuntimeException e) {
                if (!OutOfMemory.isSaidBy(e)) {
                    throw e;
                }
                var largest = plan.microBatches(shared(examples).getFirst()).getFirst();
                plan.shrink(largest.size());
            }
        }
    }

    private Gradient over(List<Example> examples, int divisor) {
        var parts = shared(examples);
        var losses = new double[parts.size()];
        int threads = Math.max(1, crew.threads() / parts.size());
        crew.run(
                parts.size(),
                i -> {
                    placement.useThreads(threads);
                    losses[i] = shares.get(i).run(parts.get(i), 1.0 / divisor);
                });
        placement.useThreads(crew.threads());
        try (var scope = new PointerScope();
                var none = new AutoGradMode(false)) {
            for (var share : shares.subList(1, parts.size())) {
                gradients().add_(share.gradients());
            }
            var two = new ScalarOptional(new Scalar(2));
            double norm = gradients().norm(two, ScalarType.Double).item_double();
            return new Gradient(Arrays.stream(losses).sum() / divisor, norm);
        }
    }

    /** As many runs of neighbours as threads, as even as can be; all at once on a GPU. */
    private List<List<Example>> shared(List<Example> examples) {
        int count = Math.min(crew.threads(), examples.size());
        var parts = new ArrayList<List<Example>>();
        for (int i = 0; i < count; i++) {
            parts.add(
                    examples.subList(
                            i * examples.size() / count, (i + 1) * examples.size() / count));
        }
        while (shares.size() < count) {
            shares.add(new TorchShare(model, weights, recipe, plan, placement));
        }
        return parts;
    }

    private Tensor gradients() {
        return shares.getFirst().gradients();
    }

    @Override
    public void update(Gradient gradient, double rate, long update) {
        try (var scope = new PointerScope();
                var none = new AutoGradMode(false)) {
            double clip = recipe.clip(gradient.norm());
            if (clip < 1) {
                gradients().mul_(new Scalar(clip));
            }
            optimizer.update(rate, update);
        }
        ahead = true;
    }

    @Override
    public void copyGradient(Floats to) {
        Placement.over(to).copy_(gradients());
    }

    @Override
    public void push() {
        if (!placement.isOnCpu()) {
            weights.copy_(Placement.over(model.weights()));
            means.copy_(Placement.over(moments.means()));
            squares.copy_(Placement.over(moments.squares()));
        }
        ahead = false;
    }

    @Override
    public void pull() {
        if (ahead && !placement.isOnCpu()) {
            Placement.over(model.weights()).copy_(weights);
            Placement.over(moments.means()).copy_(means);
            Placement.over(moments.squares()).copy_(squares);
        }
        ahead = false;
    }

    @Override
    public void close() {
        crew.close();
        optimizer.close();
        shares.forEach(TorchShare::close);
        weights.close();
        means.close();
        squares.close();
    }
}

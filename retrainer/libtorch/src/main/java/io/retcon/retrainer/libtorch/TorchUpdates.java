package io.retcon.retrainer.libtorch;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

import java.util.List;

/**
 * Gradients by LibTorch's automatic differentiation, gathered over micro-batches. On a GPU weights
 * and moments lie there, and the model's own are brought up to date when they are asked for.
 */
final class TorchUpdates implements Updates {
    private final LanguageModel model;
    private final Moments moments;
    private final Recipe recipe;
    private final Placement placement;
    private final TorchWeights weights;
    private final Tensor means;
    private final Tensor squares;
    private final TorchNetwork network;
    private final TorchHead head;
    private final FusedAdamW optimizer;
    private final MemoryPlan plan;
    private boolean ahead;

    TorchUpdates(LanguageModel model, Moments moments, Recipe recipe, Placement placement) {
        this.model = requireNonNull(model, "model is null");
        this.moments = requireNonNull(moments, "moments is null");
        this.recipe = requireNonNull(recipe, "recipe is null");
        this.placement = requireNonNull(placement, "placement is null");
        weights = TorchWeights.trained(model, placement);
        means = placement.placed(moments.means());
        squares = placement.placed(moments.squares());
        network = new TorchNetwork(model.config(), weights, placement);
        head = new TorchHead(model.config().head(), weights, placement);
        optimizer =
                new FusedAdamW(
                        recipe,
                        model.layout(),
                        weights.all(),
                        weights.gradients(),
                        means,
                        squares,
                        placement);
        plan = new MemoryPlan(recipe, placement);
    }

    @Override
    public Gradient gradient(List<Example> examples, int targets) {
        placement.useAllThreads();
        while (true) {
            var batches = plan.microBatches(examples);
            try {
                return over(batches, targets);
            } catch (RuntimeException e) {
                if (!OutOfMemory.isSaidBy(e)) {
                    throw e;
                }
                plan.shrink(batches.getFirst().size());
            }
        }
    }

    private Gradient over(List<List<Example>> batches, int targets) {
        try (var scope = new PointerScope()) {
            weights.gradients().zero_();
            var loss = placement.exactZero();
            for (var batch : batches) {
                addGradient(batch, 1.0 / targets, loss);
            }
            var two = new ScalarOptional(new Scalar(2));
            double norm = weights.gradients().norm(two, ScalarType.Double).item_double();
            return new Gradient(loss.item_double() / targets, norm);
        }
    }

    private void addGradient(List<Example> examples, double scale, Tensor loss) {
        try (var scope = new PointerScope()) {
            var batch = MicroBatch.of(examples, placement);
            var sight = network.angles().ofTexts(batch.rows(), batch.visible());
            if (plan.recomputing()) {
                recomputed(batch, sight, scale, loss, scope);
            } else {
                var x = network.allBlocks(network.embed(batch.tokens()), sight);
                fromHead(network.norm(x, sight), batch, scale, loss);
            }
        }
    }

    /**
     * Keeps no more of the way there than each block's input.
     *
     * @param micro the micro-batch's scope
     */
    private void recomputed(
            MicroBatch batch, Sight sight, double scale, Tensor loss, PointerScope micro) {
        var inputs = new Tensor[network.blocks() + 1];
        try (var none = new AutoGradMode(false)) {
            inputs[0] = network.embed(batch.tokens());
            for (int block = 0; block < network.blocks(); block++) {
                try (var scope = new PointerScope()) {
                    inputs[block + 1] = network.block(block, inputs[block], sight);
                    micro.attach(inputs[block + 1]);
                }
            }
        }
        var last = inputs[network.blocks()].set_requires_grad(true);
        fromHead(network.norm(last, sight), batch, scale, loss);
        var gradient = last.grad();
        for (int block = network.blocks() - 1; block >= 0; block--) {
            var input = inputs[block].set_requires_grad(true);
            try (var scope = new PointerScope()) {
                backward(network.block(block, input, sight), gradient);
            }
            gradient.deallocate();
            inputs[block + 1].deallocate();
            gradient = input.grad();
        }
        backward(network.embed(batch.tokens()), gradient);
    }

    private void fromHead(Tensor normed, MicroBatch batch, double scale, Tensor loss) {
        var hidden = normed.detach().flatten(0, 1);
        Tensor gradient;
        try (var none = new AutoGradMode(false)) {
            gradient =
                    head.lossAndGradient(
                            hidden, batch.targets(), batch.counted(), recipe.zLoss(), scale, loss);
        }
        backward(normed, gradient.view_as(normed));
    }

    private static void backward(Tensor output, Tensor gradient) {
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    @Override
    public void update(Gradient gradient, double rate, long update) {
        try (var scope = new PointerScope();
                var none = new AutoGradMode(false)) {
            double clip = recipe.clip(gradient.norm());
            if (clip < 1) {
                weights.gradients().mul_(new Scalar(clip));
            }
            optimizer.update(rate, update);
        }
        ahead = true;
    }

    @Override
    public void copyGradient(Floats to) {
        Placement.over(to).copy_(weights.gradients());
    }

    @Override
    public void push() {
        if (!placement.isOnCpu()) {
            weights.all().copy_(Placement.over(model.weights()));
            means.copy_(Placement.over(moments.means()));
            squares.copy_(Placement.over(moments.squares()));
        }
        ahead = false;
    }

    @Override
    public void pull() {
        if (ahead && !placement.isOnCpu()) {
            Placement.over(model.weights()).copy_(weights.all());
            Placement.over(moments.means()).copy_(means);
            Placement.over(moments.squares()).copy_(squares);
        }
        ahead = false;
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
        weights.close();
        means.close();
        squares.close();
    }
}

package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Recipe;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

import java.util.List;

/**
 * The gradient of one thread's share of a step's sequences, gathered over micro-batches. Used by
 * one thread at a time.
 */
final class TorchShare implements AutoCloseable {
    private final Recipe recipe;
    private final Placement placement;
    private final MemoryPlan plan;
    private final TorchWeights weights;
    private final TorchNetwork network;
    private final TorchHead head;

    /**
     * @param all the model's weights, which all shares look into
     */
    TorchShare(
            LanguageModel model, Tensor all, Recipe recipe, MemoryPlan plan, Placement placement) {
        this.recipe = recipe;
        this.placement = placement;
        this.plan = plan;
        weights = TorchWeights.trained(model, all, placement);
        network = new TorchNetwork(model.config(), weights, placement);
        head = new TorchHead(model.config().head(), weights, placement);
    }

    /** All gradients, as the layout has them. */
    Tensor gradients() {
        return weights.gradients();
    }

    /**
     * Replaces the gradients by those of the examples' summed losses.
     *
     * @param scale what every target's loss is multiplied by
     * @return the unscaled cross-entropy
     */
    double run(List<Example> examples, double scale) {
        try (var scope = new PointerScope()) {
            weights.gradients().zero_();
            var loss = placement.exactZero();
            for (var batch : plan.microBatches(examples)) {
                addGradient(batch, scale, loss);
            }
            return loss.item_double();
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
    public void close() {
        network.close();
        weights.close();
    }
}

package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.ModelConfig;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

import java.util.List;
import java.util.stream.IntStream;

/** A model's network without its logits. */
final class TorchNetwork implements AutoCloseable {
    private final Tensor embedding;
    private final List<List<TorchPart>> blocks;
    private final TorchPart finalNorm;
    private final Angles angles;

    TorchNetwork(ModelConfig config, TorchWeights weights, Placement placement) {
        var parts = new TorchParts(weights, placement);
        embedding = weights.tensor(List.of(config.embedding()));
        blocks =
                IntStream.range(0, config.sizes().blocks())
                        .mapToObj(block -> config.block(block, parts))
                        .toList();
        finalNorm = config.finalNorm(parts);
        angles = new Angles(config.rotary(), placement);
    }

    Angles angles() {
        return angles;
    }

    int blocks() {
        return blocks.size();
    }

    /** The residual stream before the first block, [texts][rows][width]. */
    Tensor embed(Tensor tokens) {
        return torch.embedding(embedding, tokens);
    }

    /** The residual stream after a block. */
    Tensor block(int block, Tensor x, Sight sight) {
        for (var part : blocks.get(block)) {
            x = part.of(x, sight);
        }
        return x;
    }

    /** The residual stream after all blocks. */
    Tensor allBlocks(Tensor x, Sight sight) {
        for (int block = 0; block < blocks(); block++) {
            x = block(block, x, sight);
        }
        return x;
    }

    /** The last residual stream's norm. */
    Tensor norm(Tensor x, Sight sight) {
        return finalNorm.of(x, sight);
    }

    @Override
    public void close() {
        angles.close();
    }
}

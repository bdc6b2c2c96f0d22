package io.retcon.retrainer.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

import java.util.List;

/**
 * Logits, a block of rows at a time so that they never exist whole, and what comes of them. Their
 * gradient is spelled out: it stands where they stood.
 */
final class TorchHead {
    private static final long MOST_LOGITS_ON_CPU = 1 << 22;
    private static final long MOST_LOGITS_ON_GPU = 1 << 28;
    private static final long FEWEST_ROWS = 64;

    private final Tensor weight;
    private final Placement placement;
    private final long blockRows;

    TorchHead(String name, TorchWeights weights, Placement placement) {
        this.weight = weights.tensor(List.of(name));
        this.placement = placement;
        long most = placement.isOnCpu() ? MOST_LOGITS_ON_CPU : MOST_LOGITS_ON_GPU;
        this.blockRows = Math.max(FEWEST_ROWS, most / weight.size(0));
    }

    /**
     * Adds the loss and the weight's gradient.
     *
     * @param hidden [rows][width]
     * @param targets [rows][1], any token where nothing is asked
     * @param counted [rows][1], 1 where a target counts and 0 elsewhere
     * @param z weight of the squared logsumexp
     * @param scale what every target's loss is multiplied by in the gradient
     * @param loss to add the unscaled cross-entropy to
     * @return the gradient of {@code hidden}
     */
    Tensor lossAndGradient(
            Tensor hidden, Tensor targets, Tensor counted, double z, double scale, Tensor loss) {
        var gradient = torch.empty_like(hidden);
        for (long from = 0; from < hidden.size(0); from += blockRows) {
            long rows = Math.min(blockRows, hidden.size(0) - from);
            try (var scope = new PointerScope()) {
                gradient.narrow(0, from, rows)
                        .copy_(
                                ofBlock(
                                        hidden.narrow(0, from, rows),
                                        targets.narrow(0, from, rows),
                                        counted.narrow(0, from, rows),
                                        z,
                                        scale,
                                        loss));
            }
        }
        return gradient;
    }

    private Tensor ofBlock(
            Tensor hidden, Tensor targets, Tensor counted, double z, double scale, Tensor loss) {
        var rows = placement.narrow(hidden);
        var matrix = placement.narrow(weight.detach());
        var logits = placement.wide(torch.mm(rows, matrix.t()));
        var logs = torch.log_softmax(logits, 1);
        var picked = logs.gather(1, targets);
        loss.sub_(picked.mul(counted).sum(new ScalarTypeOptional(torch.ScalarType.Double)));
        var scaled = counted.mul(new Scalar(scale));
        var coefficients = scaled;
        if (z > 0) {
            var logSum = logits.gather(1, targets).sub(picked);
            coefficients = scaled.mul(logSum.mul(new Scalar(2 * z)).add(new Scalar(1)));
        }
        var slopes = logs.exp_().mul_(coefficients).scatter_add_(1, targets, scaled.neg());
        var narrow = placement.narrow(slopes);
        var sum = weight.mutable_grad();
        if (narrow.scalar_type() == sum.scalar_type()) {
            sum.addmm_(narrow.t(), rows);
        } else {
            sum.add_(torch.mm(narrow.t(), rows));
        }
        return torch.mm(narrow, matrix);
    }

    /** Log-probabilities of every token, [rows][vocabulary]; rows are a block at most. */
    Tensor logProbabilities(Tensor hidden) {
        var rows = placement.narrow(hidden);
        var logits = torch.mm(rows, placement.narrow(weight).t());
        return torch.log_softmax(placement.wide(logits), 1);
    }

    /** Rows that {@link #logProbabilities} takes at once. */
    long blockRows() {
        return blockRows;
    }
}

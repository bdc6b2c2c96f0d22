package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.retrainer.model.Bias;
import io.retcon.retrainer.model.Parts;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Parts whose gradients LibTorch finds. The residual stream and norms are in 32-bit floats. */
final class TorchParts implements Parts<TorchPart> {
    private final TorchWeights weights;
    private final Placement placement;

    TorchParts(TorchWeights weights, Placement placement) {
        this.weights = weights;
        this.placement = placement;
    }

    @Override
    public TorchPart rmsNorm(String gain, double epsilon) {
        var norm = rms(gain, epsilon);
        return (x, sight) -> norm.apply(x);
    }

    private UnaryOperator<Tensor> rms(String gain, double epsilon) {
        var gains = weights.tensor(List.of(gain));
        return x ->
                torch.rms_norm(
                        placement.wide(x),
                        new long[] {gains.numel()},
                        new TensorOptional(gains),
                        new DoubleOptional(epsilon));
    }

    @Override
    public TorchPart layerNorm(String name, double epsilon) {
        var gain = weights.tensor(List.of(name + ".weight"));
        var bias = weights.tensor(List.of(name + ".bias"));
        return (x, sight) ->
                torch.layer_norm(
                        placement.wide(x),
                        new long[] {gain.numel()},
                        new TensorOptional(gain),
                        new TensorOptional(bias),
                        epsilon,
                        true);
    }

    @Override
    public TorchPart attention(QkvColumns columns, Projection projection, Projection dense) {
        return attention(columns, projection, UnaryOperator.identity(), x -> x, dense);
    }

    @Override
    public TorchPart attention(
            QkvColumns.Stacked columns, Projection projection, HeadNorms norms, Projection dense) {
        return attention(
                columns,
                projection,
                rms(norms.queryGain(), norms.epsilon()),
                rms(norms.keyGain(), norms.epsilon()),
                dense);
    }

    private TorchPart attention(
            QkvColumns columns,
            Projection projection,
            UnaryOperator<Tensor> queryNorm,
            UnaryOperator<Tensor> keyNorm,
            Projection dense) {
        var into = product(projection);
        var out = product(dense);
        return (x, sight) -> {
            var split = QueriesKeysValues.of(into.apply(x), columns);
            var q = rotated(heads(queryNorm.apply(split.queries()), columns.headWidth()), sight);
            var k = rotated(heads(keyNorm.apply(split.keys()), columns.headWidth()), sight);
            var v = heads(split.values(), columns.headWidth());
            int sharing = columns.heads() / columns.keyValueHeads();
            var mixed =
                    torch.scaled_dot_product_attention(
                            placement.narrow(q),
                            placement.narrow(repeated(k, sharing)),
                            placement.narrow(repeated(v, sharing)),
                            sight.visible().map(TensorOptional::new).orElseGet(TensorOptional::new),
                            0,
                            sight.visible().isEmpty(),
                            new DoubleOptional(),
                            false);
            return out.apply(mixed.transpose(1, 2).flatten(2, 3));
        };
    }

    /** [texts][rows][heads · width] as [texts][heads][rows][width]. */
    private static Tensor heads(Tensor rows, int width) {
        return rows.unflatten(2, -1, width).transpose(1, 2);
    }

    /** Each head for as many query heads as share it. */
    private static Tensor repeated(Tensor heads, int times) {
        if (times == 1) {
            return heads;
        }
        return heads.unsqueeze(2).expand(-1, -1, times, -1, -1).flatten(1, 2);
    }

    /** Column i of the first half of the rotated columns turns with column i of the second. */
    private static Tensor rotated(Tensor heads, Sight sight) {
        long half = sight.cosines().size(3);
        var low = heads.narrow(3, 0, half);
        var high = heads.narrow(3, half, half);
        var turned =
                new TensorVector(
                        low.mul(sight.cosines()).sub(high.mul(sight.sines())),
                        high.mul(sight.cosines()).add(low.mul(sight.sines())));
        long rest = heads.size(3) - 2 * half;
        if (rest > 0) {
            turned.push_back(heads.narrow(3, 2 * half, rest));
        }
        return torch.cat(turned, 3);
    }

    @Override
    public TorchPart swiGlu(Projection gateAndUp, Projection down) {
        var into = product(gateAndUp);
        var out = product(down);
        return (x, sight) -> {
            var both = into.apply(x);
            long inner = both.size(2) / 2;
            var gate = torch.silu(both.narrow(2, 0, inner));
            return out.apply(gate.mul(both.narrow(2, inner, inner)));
        };
    }

    @Override
    public TorchPart gelu(Projection up, Projection down) {
        var into = product(up);
        var out = product(down);
        return (x, sight) -> out.apply(torch.gelu(into.apply(x)));
    }

    @Override
    public TorchPart chain(TorchPart first, TorchPart second) {
        return (x, sight) -> second.of(first.of(x, sight), sight);
    }

    @Override
    public TorchPart residual(List<TorchPart> branches) {
        return (x, sight) -> {
            var sum = x;
            for (var branch : branches) {
                sum = sum.add(branch.of(x, sight));
            }
            return sum;
        };
    }

    /** x Wᵀ (+ b). */
    private UnaryOperator<Tensor> product(Projection projection) {
        var matrix = weights.tensor(projection.weights());
        var bias =
                projection.bias() == Bias.ADDED
                        ? Optional.of(weights.tensor(projection.biases()))
                        : Optional.<Tensor>empty();
        return x ->
                torch.linear(
                        placement.narrow(x),
                        placement.narrow(matrix),
                        bias.map(b -> new TensorOptional(placement.narrow(b)))
                                .orElseGet(TensorOptional::new));
    }
}

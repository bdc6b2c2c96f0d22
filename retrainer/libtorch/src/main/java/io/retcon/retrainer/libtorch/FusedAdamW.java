package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.ParameterLayout;
import io.retcon.retrainer.training.Recipe;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * AdamW (Loshchilov and Hutter, 2019) in one pass over weights and moments: LibTorch's {@code
 * _fused_adamw_}, which its C++ optimizers do not use and its dispatcher offers.
 */
final class FusedAdamW implements AutoCloseable {
    private final Recipe recipe;
    private final Tensor update;
    private final List<Group> groups = new ArrayList<>();
    private final OperatorHandle operator =
            Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");

    /** Tensors of one weight decay: lists of the same length. */
    private record Group(
            double decay,
            List<Tensor> weights,
            List<Tensor> gradients,
            List<Tensor> means,
            List<Tensor> squares,
            List<Tensor> updates) {
        Group(double decay) {
            this(
                    decay,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    /** All tensors are runs of floats as the layout has them. */
    FusedAdamW(
            Recipe recipe,
            ParameterLayout layout,
            Tensor weights,
            Tensor gradients,
            Tensor means,
            Tensor squares,
            Placement placement) {
        this.recipe = recipe;
        this.update = placement.zeros(1);
        var byDecay = new TreeMap<Double, Group>();
        for (var parameter : layout.parameters()) {
            var group = byDecay.computeIfAbsent(recipe.decayOf(parameter.name()), Group::new);
            group.weights().add(TorchWeights.view(weights, parameter));
            group.gradients().add(TorchWeights.view(gradients, parameter));
            group.means().add(TorchWeights.view(means, parameter));
            group.squares().add(TorchWeights.view(squares, parameter));
            group.updates().add(update);
        }
        groups.addAll(byDecay.values());
    }

    /**
     * Moves weights and moments.
     *
     * @param count updates so far, this one included
     */
    void update(double rate, long count) {
        update.fill_(new Scalar((float) count));
        for (var group : groups) {
            try (var scope = new PointerScope()) {
                operator.callBoxed(
                        new IValueVector(
                                list(group.weights()),
                                list(group.gradients()),
                                list(group.means()),
                                list(group.squares()),
                                list(List.of()),
                                list(group.updates()),
                                new IValue(rate),
                                new IValue(recipe.firstBeta()),
                                new IValue(recipe.secondBeta()),
                                new IValue(group.decay()),
                                new IValue(recipe.epsilon()),
                                new IValue(false),
                                new IValue(false),
                                new IValue(),
                                new IValue()));
            }
        }
    }

    private static IValue list(List<Tensor> tensors) {
        var list = new GenericList(new Type.TypePtr(TensorType.get()));
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return new IValue(list);
    }

    @Override
    public void close() {
        for (var group : groups) {
            for (var tensors :
                    List.of(group.weights(), group.gradients(), group.means(), group.squares())) {
                tensors.forEach(Tensor::close);
            }
        }
        update.close();
    }
}

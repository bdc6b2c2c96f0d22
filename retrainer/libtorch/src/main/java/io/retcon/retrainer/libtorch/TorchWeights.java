package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.Parameter;

import org.bytedeco.pytorch.Tensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's weights where they are computed with, in one run as its layout has them, and tensors
 * that look into it. Where it trains, gradients gather in another such run. On a CPU the weights
 * are the model's own.
 */
final class TorchWeights implements AutoCloseable {
    private final LanguageModel model;
    private final Tensor weights;
    private final Optional<Tensor> gradients;
    private final Map<String, Tensor> tensors = new HashMap<>();

    private TorchWeights(LanguageModel model, Tensor weights, Optional<Tensor> gradients) {
        this.model = model;
        this.weights = weights;
        this.gradients = gradients;
    }

    /** As they are now, for forward passes. */
    static TorchWeights fixed(LanguageModel model, Placement placement) {
        return new TorchWeights(
                model, placement.placed(model.weights()).detach(), Optional.empty());
    }

    /**
     * To be trained.
     *
     * @param all the weights, which are looked into
     */
    static TorchWeights trained(LanguageModel model, Tensor all, Placement placement) {
        var gradients = placement.zeros(model.layout().length());
        return new TorchWeights(model, all.detach(), Optional.of(gradients));
    }

    /** All gradients. */
    Tensor gradients() {
        return gradients.orElseThrow();
    }

    /**
     * Matrices that lie under one another as one, or vectors end to end as one: a leaf, if weights
     * are trained, whose gradient gathers in {@link #gradients}.
     */
    Tensor tensor(List<String> names) {
        return tensors.computeIfAbsent(String.join(" ", names), key -> leaf(names));
    }

    private Tensor leaf(List<String> names) {
        var parameter = model.layout().adjacent(names);
        var leaf = view(weights, parameter).detach();
        gradients.ifPresent(
                all -> {
                    leaf.set_requires_grad(true);
                    leaf.mutable_grad().put(view(all, parameter).detach());
                });
        return leaf;
    }

    /** What a run holds of a parameter. */
    static Tensor view(Tensor run, Parameter parameter) {
        var shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
        return run.narrow(0, parameter.offset(), parameter.length()).view(shape);
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        gradients.ifPresent(Tensor::close);
        weights.close();
    }
}

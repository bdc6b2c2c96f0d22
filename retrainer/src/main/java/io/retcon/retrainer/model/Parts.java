package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.AttentionKernel;
import io.retcon.retrainer.kernels.BranchAttentionKernel;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.RotaryKernel;
import io.retcon.retrainer.layer.Chain;
import io.retcon.retrainer.layer.GeluFeedForward;
import io.retcon.retrainer.layer.Layer;
import io.retcon.retrainer.layer.LayerNorm;
import io.retcon.retrainer.layer.Linear;
import io.retcon.retrainer.layer.QkvColumns;
import io.retcon.retrainer.layer.QueryKeyNorm;
import io.retcon.retrainer.layer.Residual;
import io.retcon.retrainer.layer.RmsNorm;
import io.retcon.retrainer.layer.SelfAttention;
import io.retcon.retrainer.layer.SwiGluFeedForward;
import io.retcon.retrainer.layer.Weight;
import io.retcon.retrainer.layer.Workspace;

import java.util.List;
import java.util.Optional;

/** Makes the layers of one network over a model's weights, by the names of its tensors. */
public final class Parts {
    private final ParameterLayout layout;
    private final Floats weights;
    private final Floats gradients;
    private final RotaryKernel rotary;
    private final Workspace workspace;
    private final int width;
    private final AttentionKernel attention;
    private final BranchAttentionKernel branches;

    Parts(LanguageModel model, Floats gradients, Workspace workspace, int longest) {
        this.layout = model.layout();
        this.weights = model.weights();
        this.gradients = gradients;
        this.rotary = model.rotary();
        this.workspace = workspace;
        this.width = model.config().width();
        this.attention = new AttentionKernel(workspace.arena(), longest);
        this.branches = new BranchAttentionKernel(workspace.arena(), longest);
    }

    Weight weight(String name) {
        return weight(layout.get(name), weights, gradients);
    }

    static Weight weight(Parameter parameter, Floats weights, Floats gradients) {
        return new Weight(view(weights, parameter), view(gradients, parameter));
    }

    private static Matrix view(Floats floats, Parameter parameter) {
        return new Matrix(floats, parameter.offset(), parameter.columns(), parameter.columns());
    }

    /**
     * One product with several matrices that lie under one another: each name's {@code .weight} and
     * {@code .bias}.
     */
    Linear linear(Bias bias, String... names) {
        var matrices = suffixed(names, ".weight");
        int outputs = adjacentRows(matrices);
        return new Linear(
                weight(matrices[0]),
                outputs,
                bias == Bias.ADDED
                        ? Optional.of(adjacentVectors(outputs, suffixed(names, ".bias")))
                        : Optional.empty());
    }

    private Weight adjacentVectors(int outputs, String... names) {
        adjacentRows(names);
        var first = weight(names[0]);
        return new Weight(widen(first.values(), outputs), widen(first.gradient(), outputs));
    }

    private static String[] suffixed(String[] names, String suffix) {
        return List.of(names).stream().map(name -> name + suffix).toArray(String[]::new);
    }

    private static Matrix widen(Matrix vector, int columns) {
        return new Matrix(vector.floats(), vector.offset(), columns, columns);
    }

    private int adjacentRows(String... names) {
        int rows = 0;
        long end = layout.get(names[0]).offset();
        for (var name : names) {
            var parameter = layout.get(name);
            if (parameter.offset() != end) {
                throw new IllegalStateException(name + " does not follow the one before it");
            }
            end = parameter.end();
            rows += parameter.shape().getFirst();
        }
        return rows;
    }

    Layer rmsNorm(String name, double epsilon) {
        return new RmsNorm(weight(name), epsilon, workspace);
    }

    /** {@code name.weight} and {@code name.bias}. */
    Layer layerNorm(String name, double epsilon) {
        return new LayerNorm(weight(name + ".weight"), weight(name + ".bias"), epsilon, workspace);
    }

    QueryKeyNorm normOverAllHeads(QkvColumns.Stacked columns, Layer queryNorm, Layer keyNorm) {
        return new QueryKeyNorm.OverAllHeads(columns, queryNorm, keyNorm, workspace);
    }

    Layer attention(QkvColumns columns, Linear projection, QueryKeyNorm norm, Linear dense) {
        return new SelfAttention(
                columns, projection, norm, dense, rotary, attention, branches, workspace);
    }

    Layer swiGlu(Linear gateAndUp, Linear down) {
        return new SwiGluFeedForward(gateAndUp, down, workspace);
    }

    Layer gelu(Linear up, Linear down) {
        return new GeluFeedForward(up, down, workspace);
    }

    Layer chain(Layer first, Layer second) {
        return new Chain(first, second, width, workspace);
    }

    Layer residual(Layer... branches) {
        return new Residual(List.of(branches), width, workspace);
    }
}

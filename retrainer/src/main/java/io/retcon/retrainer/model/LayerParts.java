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

/** Layers with explicit gradients, over buffers of one network. */
final class LayerParts implements Parts<Layer> {
    private final ParameterLayout layout;
    private final Floats weights;
    private final Floats gradients;
    private final RotaryKernel rotary;
    private final Workspace workspace;
    private final int width;
    private final AttentionKernel attention;
    private final BranchAttentionKernel branches;

    LayerParts(LanguageModel model, Floats gradients, Workspace workspace, int longest) {
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

    private Linear linear(Projection projection) {
        var matrix = layout.adjacent(projection.weights());
        return new Linear(
                weight(matrix),
                matrix.rows(),
                projection.bias() == Bias.ADDED
                        ? Optional.of(weight(layout.adjacent(projection.biases())))
                        : Optional.empty());
    }

    private Weight weight(Parameter parameter) {
        return weight(parameter, weights, gradients);
    }

    @Override
    public Layer rmsNorm(String name, double epsilon) {
        return new RmsNorm(weight(name), epsilon, workspace);
    }

    @Override
    public Layer layerNorm(String name, double epsilon) {
        return new LayerNorm(weight(name + ".weight"), weight(name + ".bias"), epsilon, workspace);
    }

    @Override
    public Layer attention(QkvColumns columns, Projection projection, Projection dense) {
        return attention(columns, projection, new QueryKeyNorm.None(columns), dense);
    }

    @Override
    public Layer attention(
            QkvColumns.Stacked columns, Projection projection, HeadNorms norms, Projection dense) {
        var overAllHeads =
                new QueryKeyNorm.OverAllHeads(
                        columns,
                        rmsNorm(norms.queryGain(), norms.epsilon()),
                        rmsNorm(norms.keyGain(), norms.epsilon()),
                        workspace);
        return attention(columns, projection, overAllHeads, dense);
    }

    private Layer attention(
            QkvColumns columns, Projection projection, QueryKeyNorm norm, Projection dense) {
        return new SelfAttention(
                columns,
                linear(projection),
                norm,
                linear(dense),
                rotary,
                attention,
                branches,
                workspace);
    }

    @Override
    public Layer swiGlu(Projection gateAndUp, Projection down) {
        return new SwiGluFeedForward(linear(gateAndUp), linear(down), workspace);
    }

    @Override
    public Layer gelu(Projection up, Projection down) {
        return new GeluFeedForward(linear(up), linear(down), workspace);
    }

    @Override
    public Layer chain(Layer first, Layer second) {
        return new Chain(first, second, width, workspace);
    }

    @Override
    public Layer residual(List<Layer> branches) {
        return new Residual(branches, width, workspace);
    }
}

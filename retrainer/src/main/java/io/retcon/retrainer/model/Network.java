package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.EmbeddingKernel;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;
import io.retcon.retrainer.layer.Batch;
import io.retcon.retrainer.layer.Layer;
import io.retcon.retrainer.layer.Weight;
import io.retcon.retrainer.layer.Workspace;

import java.util.ArrayList;
import java.util.List;

/** A model's layers with the buffers of one thread's passes, without its logits. */
final class Network {
    private final Weight embedding;
    private final List<Layer> layers = new ArrayList<>();
    private final Layer finalNorm;
    private final List<Matrix> stream = new ArrayList<>();
    private final Matrix normed;
    private final Matrix gradient;
    private final Matrix otherGradient;

    /**
     * @param gradients where the weights' gradients gather; of the model's layout
     * @param longest rows of the longest text
     */
    Network(LanguageModel model, Floats gradients, Workspace workspace, int longest) {
        var config = model.config();
        var parts = new LayerParts(model, gradients, workspace, longest);
        int width = config.width();
        embedding = parts.weight(config.embedding());
        for (int block = 0; block < config.sizes().blocks(); block++) {
            layers.addAll(config.block(block, parts));
        }
        for (int i = 0; i <= layers.size(); i++) {
            stream.add(workspace.activations("stream", width));
        }
        finalNorm = config.finalNorm(parts);
        normed = workspace.activations("normed", width);
        gradient = workspace.scratch("stream gradient", width);
        otherGradient = workspace.scratch("other stream gradient", width);
    }

    /** The residual stream after the last block, [batch rows][width]. */
    Matrix forward(Batch batch) {
        EmbeddingKernel.forward(
                embedding.values(), batch.tokens(), stream.getFirst(), batch.rows());
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forward(stream.get(i), stream.get(i + 1), batch);
        }
        return stream.getLast();
    }

    /** The final norm of rows of the residual stream. */
    Matrix norm(Matrix rows, Batch batch) {
        finalNorm.forward(rows, normed, batch);
        return normed;
    }

    /** From the gradient of {@link #norm}'s result back to the embedding. */
    void backward(Matrix dnormed, Batch batch) {
        var above = gradient;
        var below = otherGradient;
        finalNorm.backward(dnormed, Store.SET, above, batch);
        for (int i = layers.size() - 1; i >= 0; i--) {
            layers.get(i).backward(above, Store.SET, below, batch);
            var swapped = above;
            above = below;
            below = swapped;
        }
        EmbeddingKernel.backward(above, batch.tokens(), embedding.gradient(), batch.rows());
    }
}

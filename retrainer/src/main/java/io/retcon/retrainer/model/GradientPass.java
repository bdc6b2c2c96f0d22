package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Nd4jMemory;
import io.retcon.retrainer.layer.Batch;
import io.retcon.retrainer.layer.Workspace;

import java.util.Arrays;
import java.util.List;

/** Losses and gradients of one share of a step's sequences. Used by one thread at a time. */
public final class GradientPass implements AutoCloseable {
    /** Rows that go through the network at once, unless one sequence alone is longer. */
    public static final int ROWS_AT_ONCE = 2048;

    private final FloatArena arena = new FloatArena(new Nd4jMemory());
    private final int capacity;
    private final int longest;
    private final Floats gradients;
    private final Network network;
    private final LanguageHead head;
    private final Matrix dnormed;

    /**
     * @param rows the most rows that will go through the network at once
     * @param longest rows of the longest sequence
     */
    public GradientPass(LanguageModel model, int rows, int longest) {
        var workspace = Workspace.training(arena, rows);
        var config = model.config();
        capacity = rows;
        this.longest = longest;
        gradients = arena.allocate(model.layout().length());
        network = new Network(model, gradients, workspace, longest);
        var parameter = model.layout().get(config.head());
        head =
                new LanguageHead(
                        LayerParts.weight(parameter, model.weights(), gradients),
                        config.vocabulary(),
                        arena,
                        rows);
        dnormed = workspace.scratch("normed gradient", config.width());
    }

    /** Of the model's layout. */
    public Floats gradients() {
        return gradients;
    }

    /** Whether this many rows, of sequences up to this long, can go through at once. */
    public boolean holds(int rows, int sequence) {
        return rows <= capacity && sequence <= longest;
    }

    /**
     * The losses of all targets; replaces the gradients by those of {@code weight} times their sum.
     *
     * @param z weight of the squared logsumexp
     * @param together the most examples that go through the network at once; their gradients add up
     *     to the same sum, but for its rounding
     */
    public Loss run(List<Example> examples, double z, double weight, int together) {
        gradients.fill(0, gradients.length(), 0);
        var loss = Loss.NONE;
        int from = 0;
        while (from < examples.size()) {
            int to = from + 1;
            int rows = examples.get(from).tokens().length;
            while (to < examples.size()
                    && to - from < together
                    && rows + examples.get(to).tokens().length <= ROWS_AT_ONCE) {
                rows += examples.get(to++).tokens().length;
            }
            loss = loss.plus(runAtOnce(examples.subList(from, to), z, weight));
            from = to;
        }
        return loss;
    }

    private Loss runAtOnce(List<Example> examples, double z, double weight) {
        var batch =
                Batch.ofTexts(
                        examples.stream().map(Example::tokens).toList(),
                        examples.stream().map(Example::starts).toList());
        var targets =
                examples.stream().map(Example::targets).flatMapToInt(Arrays::stream).toArray();
        var normed = network.norm(network.forward(batch), batch);
        var loss = head.lossAndGradient(normed, targets, z, weight, dnormed);
        network.backward(dnormed, batch);
        return loss;
    }

    /** Memory of its buffers: gradients, activations, attention's blocks, logits' block. */
    public long bytes() {
        return arena.bytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}

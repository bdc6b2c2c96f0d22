package io.retcon.retrainer.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The families' losses as graphs of SameDiff's operations in double precision, straight from the
 * published formulas: SameDiff derives the gradients, so no backward pass of ours is asked.
 */
final class SameDiffModel {
    private static final String LOSS = "loss";

    private final ModelConfig config;
    private final ParameterLayout layout;
    private final SameDiff graph = SameDiff.create();

    SameDiffModel(LanguageModel model, List<Example> examples, double z, double weight) {
        config = model.config();
        layout = model.layout();
        for (var parameter : layout.parameters()) {
            graph.var(parameter.name(), array(parameter, model));
        }
        var sum = examples.stream().map(e -> loss(e, z)).reduce(SDVariable::add).orElseThrow();
        sum.mul(weight).rename(LOSS);
        graph.setLossVariables(LOSS);
    }

    private static INDArray array(Parameter parameter, LanguageModel model) {
        var values = Nd4j.create(DataType.DOUBLE, shape(parameter));
        for (long i = 0; i < parameter.length(); i++) {
            values.putScalar(i, model.weights().get(parameter.offset() + i));
        }
        return values;
    }

    private static long[] shape(Parameter parameter) {
        return parameter.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    /** The loss that the gradients are of. */
    double loss() {
        return graph.outputSingle(Map.of(), LOSS).getDouble(0);
    }

    /** Of every parameter, by its name, a row after the other. */
    Map<String, double[]> gradients() {
        var names = layout.parameters().stream().map(Parameter::name).toList();
        var found = quietly(() -> graph.calculateGradients(Map.of(), names));
        var gradients = new LinkedHashMap<String, double[]>();
        names.forEach(name -> gradients.put(name, found.get(name).dup('c').data().asDouble()));
        return gradients;
    }

    /** SameDiff prints a line for every operation that it differentiates. */
    private static <T> T quietly(Supplier<T> work) {
        var out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return work.get();
        } finally {
            System.setOut(out);
        }
    }

    /** Σ cross-entropy + z · logsumexp² over the targets. */
    private SDVariable loss(Example example, double z) {
        var logits = logits(example);
        var targets = oneHot(example.targets());
        var log = graph.math().log(graph.math().exp(logits).sum(true, 1));
        var counted = graph.constant(targets.sum(true, 1));
        var rowLoss = log.add(graph.math().square(log).mul(z)).mul(counted);
        return rowLoss.sum().sub(logits.mul(graph.constant(targets)).sum());
    }

    /** A row of zeros for -1. */
    private INDArray oneHot(int[] tokens) {
        var rows = Nd4j.zeros(DataType.DOUBLE, tokens.length, config.vocabulary());
        for (int t = 0; t < tokens.length; t++) {
            if (tokens[t] >= 0) {
                rows.putScalar(t, tokens[t], 1);
            }
        }
        return rows;
    }

    private SDVariable logits(Example example) {
        // Rows are looked up as a product: SameDiff cannot differentiate its own look-up.
        var tokens = oneHot(example.tokens());
        var x = graph.mmul(graph.constant(tokens), weight(config.embedding()));
        for (int block = 0; block < config.sizes().blocks(); block++) {
            x =
                    switch (config) {
                        case Olmo2 c -> olmo2(x, "model.layers.%d.".formatted(block), c, example);
                        case Llama c -> llama(x, "model.layers.%d.".formatted(block), c, example);
                        case GptNeox c ->
                                neox(x, "gpt_neox.layers.%d.".formatted(block), c, example);
                    };
        }
        var normed =
                switch (config) {
                    case Olmo2 c -> rms(x, "model.norm", c.epsilon());
                    case Llama c -> rms(x, "model.norm", c.epsilon());
                    case GptNeox c -> layerNorm(x, "gpt_neox.final_layer_norm", c.epsilon());
                };
        return product(normed, config.head());
    }

    private SDVariable olmo2(SDVariable x, String in, Olmo2 c, Example example) {
        var q = rms(linear(x, in + "self_attn.q_proj"), in + "self_attn.q_norm", c.epsilon());
        var k = rms(linear(x, in + "self_attn.k_proj"), in + "self_attn.k_norm", c.epsilon());
        var v = linear(x, in + "self_attn.v_proj");
        var attended = linear(attention(q, k, v, example), in + "self_attn.o_proj");
        var h = x.add(rms(attended, in + "post_attention_layernorm", c.epsilon()));
        return h.add(rms(swiGlu(h, in), in + "post_feedforward_layernorm", c.epsilon()));
    }

    private SDVariable llama(SDVariable x, String in, Llama c, Example example) {
        var n = rms(x, in + "input_layernorm", c.epsilon());
        var q = linear(n, in + "self_attn.q_proj");
        var k = linear(n, in + "self_attn.k_proj");
        var v = linear(n, in + "self_attn.v_proj");
        var h = x.add(linear(attention(q, k, v, example), in + "self_attn.o_proj"));
        return h.add(swiGlu(rms(h, in + "post_attention_layernorm", c.epsilon()), in));
    }

    private SDVariable neox(SDVariable x, String in, GptNeox c, Example example) {
        var n = layerNorm(x, in + "input_layernorm", c.epsilon());
        var qkv = linear(n, in + "attention.query_key_value");
        var mixed = attention(third(qkv, 0), third(qkv, 1), third(qkv, 2), example);
        var h = x.add(linear(mixed, in + "attention.dense"));
        var read =
                switch (c.residual()) {
                    case PARALLEL -> x;
                    case SEQUENTIAL -> h;
                };
        var m = layerNorm(read, in + "post_attention_layernorm", c.epsilon());
        var inner = gelu(linear(m, in + "mlp.dense_h_to_4h"));
        return h.add(linear(inner, in + "mlp.dense_4h_to_h"));
    }

    /** Head by head a row holds its query, its key, its value. */
    private SDVariable third(SDVariable qkv, int which) {
        int width = config.sizes().headWidth();
        var parts = new SDVariable[config.sizes().heads()];
        for (int h = 0; h < parts.length; h++) {
            parts[h] = columns(qkv, (3 * h + which) * width, width);
        }
        return beside(parts);
    }

    private SDVariable swiGlu(SDVariable x, String in) {
        var gate = linear(x, in + "mlp.gate_proj");
        var up = linear(x, in + "mlp.up_proj");
        var gated = gate.mul(graph.nn().sigmoid(gate)).mul(up);
        return linear(gated, in + "mlp.down_proj");
    }

    /** x Φ(x). */
    private SDVariable gelu(SDVariable x) {
        return graph.math().erf(x.mul(Math.sqrt(0.5))).add(1).mul(x).mul(0.5);
    }

    private SDVariable attention(SDVariable q, SDVariable k, SDVariable v, Example example) {
        var sizes = config.sizes();
        int width = sizes.headWidth();
        int rows = example.tokens().length;
        var unseen = graph.constant(unseen(example));
        var heads = new SDVariable[sizes.heads()];
        for (int h = 0; h < heads.length; h++) {
            int shared = h / (sizes.heads() / sizes.keyValueHeads()) * width;
            var query = rotated(columns(q, h * width, width), rows);
            var key = rotated(columns(k, shared, width), rows);
            var scores = graph.mmul(query, key, false, true, false).mul(1 / Math.sqrt(width));
            var shares = graph.nn().softmax(scores.add(unseen), 1);
            heads[h] = graph.mmul(shares, columns(v, shared, width));
        }
        return beside(heads);
    }

    /** 0 where a row sees a column, so far below 0 that nothing is left of it elsewhere. */
    private static INDArray unseen(Example example) {
        int rows = example.tokens().length;
        var unseen = Nd4j.valueArrayOf(new long[] {rows, rows}, -1e6, DataType.DOUBLE);
        for (int t = 0; t < rows; t++) {
            int first = 0;
            for (int start : example.starts()) {
                first = start <= t ? start : first;
            }
            for (int s = first; s <= t; s++) {
                unseen.putScalar(t, s, 0);
            }
        }
        return unseen;
    }

    /** x cos + turned(x) sin, where turned swaps the halves of the rotated columns, one negated. */
    private SDVariable rotated(SDVariable x, int rows) {
        int columns = config.rotary().columns();
        int half = columns / 2;
        int width = config.sizes().headWidth();
        var cosines = Nd4j.ones(DataType.DOUBLE, rows, width);
        var sines = Nd4j.zeros(DataType.DOUBLE, rows, width);
        var turn = Nd4j.zeros(DataType.DOUBLE, width, width);
        for (int i = 0; i < columns; i++) {
            double turns = Math.pow(config.rotary().base(), -2.0 * (i % half) / columns);
            for (int t = 0; t < rows; t++) {
                cosines.putScalar(t, i, Math.cos(t * turns));
                sines.putScalar(t, i, Math.sin(t * turns));
            }
            turn.putScalar((i + half) % columns, i, i < half ? -1 : 1);
        }
        var turned = graph.mmul(x, graph.constant(turn)).mul(graph.constant(sines));
        return x.mul(graph.constant(cosines)).add(turned);
    }

    private SDVariable columns(SDVariable x, int from, int count) {
        return graph.slice(x, new int[] {0, from}, -1, count);
    }

    private SDVariable beside(SDVariable[] parts) {
        return parts.length == 1 ? parts[0] : graph.concat(1, parts);
    }

    private SDVariable linear(SDVariable x, String name) {
        var y = product(x, name + ".weight");
        return layout.contains(name + ".bias") ? y.add(weight(name + ".bias")) : y;
    }

    private SDVariable product(SDVariable x, String name) {
        return graph.mmul(x, weight(name), false, true, false);
    }

    private SDVariable rms(SDVariable x, String name, double epsilon) {
        var mean = graph.math().square(x).mean(true, 1);
        return x.div(graph.math().sqrt(mean.add(epsilon))).mul(weight(name + ".weight"));
    }

    private SDVariable layerNorm(SDVariable x, String name, double epsilon) {
        var centred = x.sub(x.mean(true, 1));
        var variance = graph.math().square(centred).mean(true, 1);
        var normed = centred.div(graph.math().sqrt(variance.add(epsilon)));
        return normed.mul(weight(name + ".weight")).add(weight(name + ".bias"));
    }

    private SDVariable weight(String name) {
        return graph.getVariable(name);
    }
}

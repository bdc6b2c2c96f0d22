package io.retcon.retrainer.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The families' forward passes in double precision, straight from the published formulas, a number
 * at a time: the oracle of the fast ones.
 */
final class PlainModel {
    private final LanguageModel model;
    private final Sizes sizes;
    private final double[] shift;

    PlainModel(LanguageModel model) {
        this(model, new double[Math.toIntExact(model.layout().length())]);
    }

    /**
     * @param shift is added to the weights, of the model's layout
     */
    PlainModel(LanguageModel model, double[] shift) {
        this.model = model;
        this.sizes = model.config().sizes();
        this.shift = shift;
    }

    /** Cross-entropy of all targets. */
    double loss(Example example) {
        var logs = logProbabilities(example.tokens());
        return IntStream.range(0, logs.length)
                .filter(t -> example.targets()[t] >= 0)
                .mapToDouble(t -> -logs[t][example.targets()[t]])
                .sum();
    }

    /** Natural-log probabilities of the token after each of {@code tokens}. */
    double[][] logProbabilities(int[] tokens) {
        var x = new double[tokens.length][];
        Arrays.setAll(x, t -> row(model.config().embedding(), tokens[t]));
        for (int block = 0; block < sizes.blocks(); block++) {
            x =
                    switch (model.config()) {
                        case Olmo2 olmo2 -> olmo2(x, "model.layers.%d.".formatted(block), olmo2);
                        case Llama llama -> llama(x, "model.layers.%d.".formatted(block), llama);
                        case GptNeox neox -> neox(x, "gpt_neox.layers.%d.".formatted(block), neox);
                    };
        }
        var normed =
                switch (model.config()) {
                    case Olmo2 olmo2 -> rms(x, "model.norm", olmo2.epsilon());
                    case Llama llama -> rms(x, "model.norm", llama.epsilon());
                    case GptNeox neox -> layerNorm(x, "gpt_neox.final_layer_norm", neox.epsilon());
                };
        var head = model.config().head();
        return Arrays.stream(linear(normed, head.substring(0, head.length() - ".weight".length())))
                .map(PlainModel::logSoftmax)
                .toArray(double[][]::new);
    }

    private double[][] olmo2(double[][] x, String in, Olmo2 config) {
        var q = rms(linear(x, in + "self_attn.q_proj"), in + "self_attn.q_norm", config.epsilon());
        var k = rms(linear(x, in + "self_attn.k_proj"), in + "self_attn.k_norm", config.epsilon());
        var mixed = attention(q, k, linear(x, in + "self_attn.v_proj"));
        var h =
                sum(
                        x,
                        rms(
                                linear(mixed, in + "self_attn.o_proj"),
                                in + "post_attention_layernorm",
                                config.epsilon()));
        return sum(h, rms(swiGlu(h, in), in + "post_feedforward_layernorm", config.epsilon()));
    }

    private double[][] llama(double[][] x, String in, Llama config) {
        var n = rms(x, in + "input_layernorm", config.epsilon());
        var mixed =
                attention(
                        linear(n, in + "self_attn.q_proj"),
                        linear(n, in + "self_attn.k_proj"),
                        linear(n, in + "self_attn.v_proj"));
        var h = sum(x, linear(mixed, in + "self_attn.o_proj"));
        return sum(h, swiGlu(rms(h, in + "post_attention_layernorm", config.epsilon()), in));
    }

    private double[][] neox(double[][] x, String in, GptNeox config) {
        var n = layerNorm(x, in + "input_layernorm", config.epsilon());
        var qkv = linear(n, in + "attention.query_key_value");
        var attended =
                linear(
                        attention(third(qkv, 0), third(qkv, 1), third(qkv, 2)),
                        in + "attention.dense");
        boolean parallel = config.residual() == GptNeox.ResidualOrder.PARALLEL;
        var h = sum(x, attended);
        var m = layerNorm(parallel ? x : h, in + "post_attention_layernorm", config.epsilon());
        var inner = map(linear(m, in + "mlp.dense_h_to_4h"), PlainModel::gelu);
        return sum(h, linear(inner, in + "mlp.dense_4h_to_h"));
    }

    /** Head by head a row holds its query, its key, its value. */
    private double[][] third(double[][] qkv, int which) {
        int width = sizes.headWidth();
        return Arrays.stream(qkv)
                .map(
                        row ->
                                IntStream.range(0, sizes.heads() * width)
                                        .mapToDouble(
                                                i ->
                                                        row[
                                                                i / width * 3 * width
                                                                        + which * width
                                                                        + i % width])
                                        .toArray())
                .toArray(double[][]::new);
    }

    private double[][] swiGlu(double[][] x, String in) {
        var gate = map(linear(x, in + "mlp.gate_proj"), v -> v / (1 + Math.exp(-v)));
        var up = linear(x, in + "mlp.up_proj");
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < gate[t].length; i++) {
                gate[t][i] *= up[t][i];
            }
        }
        return linear(gate, in + "mlp.down_proj");
    }

    private double[][] attention(double[][] q, double[][] k, double[][] v) {
        int width = sizes.headWidth();
        var rotatedQ = rotate(q, sizes.heads());
        var rotatedK = rotate(k, sizes.keyValueHeads());
        var out = new double[q.length][sizes.heads() * width];
        for (int h = 0; h < sizes.heads(); h++) {
            int from = h * width;
            int shared = h / (sizes.heads() / sizes.keyValueHeads()) * width;
            for (int t = 0; t < q.length; t++) {
                var scores = new double[t + 1];
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < width; i++) {
                        scores[s] += rotatedQ[t][from + i] * rotatedK[s][shared + i];
                    }
                    scores[s] /= Math.sqrt(width);
                }
                var logs = logSoftmax(scores);
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < width; i++) {
                        out[t][from + i] += Math.exp(logs[s]) * v[s][shared + i];
                    }
                }
            }
        }
        return out;
    }

    private double[][] rotate(double[][] x, int heads) {
        int columns = model.config().rotary().columns();
        var turned = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        for (int t = 0; t < x.length; t++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < columns / 2; i++) {
                    double angle = t * Math.pow(model.config().rotary().base(), -2.0 * i / columns);
                    int low = h * sizes.headWidth() + i;
                    int high = low + columns / 2;
                    turned[t][low] = x[t][low] * Math.cos(angle) - x[t][high] * Math.sin(angle);
                    turned[t][high] = x[t][high] * Math.cos(angle) + x[t][low] * Math.sin(angle);
                }
            }
        }
        return turned;
    }

    private double[][] linear(double[][] x, String name) {
        int outputs = model.layout().get(name + ".weight").rows();
        boolean biased = model.layout().contains(name + ".bias");
        var y = new double[x.length][outputs];
        for (int o = 0; o < outputs; o++) {
            var weights = row(name + ".weight", o);
            double bias = biased ? row(name + ".bias", 0)[o] : 0;
            for (int t = 0; t < x.length; t++) {
                y[t][o] = bias;
                for (int i = 0; i < weights.length; i++) {
                    y[t][o] += x[t][i] * weights[i];
                }
            }
        }
        return y;
    }

    private double[][] rms(double[][] x, String name, double epsilon) {
        var gain = row(name + ".weight", 0);
        return Arrays.stream(x)
                .map(
                        row -> {
                            double mean =
                                    Arrays.stream(row).map(v -> v * v).average().orElseThrow();
                            double scale = 1 / Math.sqrt(mean + epsilon);
                            return IntStream.range(0, row.length)
                                    .mapToDouble(i -> row[i] * scale * gain[i])
                                    .toArray();
                        })
                .toArray(double[][]::new);
    }

    private double[][] layerNorm(double[][] x, String name, double epsilon) {
        var gain = row(name + ".weight", 0);
        var bias = row(name + ".bias", 0);
        return Arrays.stream(x)
                .map(
                        row -> {
                            double mean = Arrays.stream(row).average().orElseThrow();
                            double variance =
                                    Arrays.stream(row)
                                            .map(v -> (v - mean) * (v - mean))
                                            .average()
                                            .orElseThrow();
                            double scale = 1 / Math.sqrt(variance + epsilon);
                            return IntStream.range(0, row.length)
                                    .mapToDouble(i -> (row[i] - mean) * scale * gain[i] + bias[i])
                                    .toArray();
                        })
                .toArray(double[][]::new);
    }

    private double[] row(String name, int row) {
        var parameter = model.layout().get(name);
        long from = parameter.offset() + (long) row * parameter.columns();
        return IntStream.range(0, parameter.columns())
                .mapToDouble(i -> model.weights().get(from + i) + shift[(int) from + i])
                .toArray();
    }

    /** x Φ(x), with Φ summed as its Taylor series. */
    private static double gelu(double x) {
        double term = x / Math.sqrt(2 * Math.PI);
        double sum = term;
        for (int n = 1; n < 200; n++) {
            term *= -x * x * (2 * n - 1) / (2.0 * n * (2 * n + 1));
            sum += term;
        }
        return x * (0.5 + sum);
    }

    private static double[][] map(double[][] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(f).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] sum(double[][] a, double[][] b) {
        var sum = new double[a.length][];
        Arrays.setAll(
                sum,
                t -> IntStream.range(0, a[t].length).mapToDouble(i -> a[t][i] + b[t][i]).toArray());
        return sum;
    }

    private static double[] logSoftmax(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double log = max + Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
        return Arrays.stream(x).map(v -> v - log).toArray();
    }
}

package io.retcon.retrainer.model;

import io.retcon.retrainer.layer.QkvColumns;

import java.util.List;

/**
 * Makes the parts of a network over a model's weights, by the names of its tensors. A family says
 * with them how its blocks are built; an engine says what a part is and how it is computed. Every
 * part takes rows of the network's width and gives such rows.
 *
 * @param <P> a part
 */
public interface Parts<P> {
    /** x / √(mean(x²) + ε) · gain. */
    P rmsNorm(String gain, double epsilon);

    /** (x − mean) / √(variance + ε) · {@code name.weight} + {@code name.bias}. */
    P layerNorm(String name, double epsilon);

    /** dense(attention(rotated queries, rotated keys, values)). */
    P attention(QkvColumns columns, Projection projection, Projection dense);

    /** The same with a norm over all query heads and one over all key heads before the rotation. */
    P attention(
            QkvColumns.Stacked columns, Projection projection, HeadNorms norms, Projection dense);

    /** down(silu(gate(x)) · up(x)). */
    P swiGlu(Projection gateAndUp, Projection down);

    /** down(gelu(up(x))), with the exact GELU. */
    P gelu(Projection up, Projection down);

    /** One part after the other. */
    P chain(P first, P second);

    /** x plus what the branches make of it. */
    P residual(List<P> branches);

    /**
     * One product with matrices that lie under one another: each name's {@code .weight} and, where
     * it is added, {@code .bias}.
     */
    record Projection(Bias bias, List<String> names) {
        public Projection {
            names = List.copyOf(names);
        }

        /** The matrices' names. */
        public List<String> weights() {
            return names.stream().map(name -> name + ".weight").toList();
        }

        /** The vectors' names. */
        public List<String> biases() {
            return names.stream().map(name -> name + ".bias").toList();
        }

        static Projection of(Bias bias, String... names) {
            return new Projection(bias, List.of(names));
        }
    }

    /** Root-mean-square norms, by the names of their gains. */
    record HeadNorms(String queryGain, String keyGain, double epsilon) {}
}

package io.retcon.streams.selection;

import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * How far a standing spec is.
 *
 * @param step the newest checkpoint that it has seen
 * @param retrainings that its interventions cause
 */
record Fired(long step, long retrainings) {
    static Serde<Fired> serde() {
        return new FieldsSerde<>(
                (fired, out) -> {
                    out.writeLong(fired.step);
                    out.writeLong(fired.retrainings);
                },
                in -> new Fired(in.readLong(), in.readLong()));
    }
}

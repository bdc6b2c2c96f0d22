package io.retcon.streams.answering;

import io.retcon.schemas.record.Progress;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * What became of the requests of one intervention.
 *
 * @param requests so far
 * @param answered with a text
 * @param refused by the program
 * @param late without an answer in time
 */
record Asked(long requests, long answered, long refused, long late) {
    static final Asked NOTHING = new Asked(0, 0, 0, 0);

    static Serde<Asked> serde() {
        return new FieldsSerde<>(
                (asked, out) -> {
                    out.writeLong(asked.requests);
                    out.writeLong(asked.answered);
                    out.writeLong(asked.refused);
                    out.writeLong(asked.late);
                },
                in -> new Asked(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }

    Asked request() {
        return new Asked(requests + 1, answered, refused, late);
    }

    Asked answer() {
        return new Asked(requests, answered + 1, refused, late);
    }

    Asked refusal() {
        return new Asked(requests, answered, refused + 1, late);
    }

    Asked timeout() {
        return new Asked(requests, answered, refused, late + 1);
    }

    Progress progress(String intervention) {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("external")
                .setDone(answered + refused + late)
                .setTotal(requests)
                .setRate(0)
                .setUnit("documents")
                .setMessage(
                        refused + late == 0
                                ? null
                                : "%d documents stay as they are: %d refused by the program, %d without an answer in time"
                                        .formatted(refused + late, refused, late))
                .build();
    }
}

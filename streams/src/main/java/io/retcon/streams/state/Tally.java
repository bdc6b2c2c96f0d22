package io.retcon.streams.state;

import org.apache.kafka.common.serialization.Serde;

/**
 * How much of what a closing record announced has arrived, and how much of it was worked off.
 *
 * @param arrived distinct records so far
 * @param announced what the closing record says; −1 until it came
 * @param worked units of work whose results were sent on
 * @param done whether all work is finished, so that whatever comes again is left alone
 */
public record Tally(long arrived, long announced, long worked, boolean done) {
    private static final long NOT_YET = -1;

    /** Of something nothing is known of. */
    public static final Tally NOTHING = new Tally(0, NOT_YET, 0, false);

    public static Serde<Tally> serde() {
        return new FieldsSerde<>(
                (tally, out) -> {
                    out.writeLong(tally.arrived);
                    out.writeLong(tally.announced);
                    out.writeLong(tally.worked);
                    out.writeBoolean(tally.done);
                },
                in -> new Tally(in.readLong(), in.readLong(), in.readLong(), in.readBoolean()));
    }

    public boolean complete() {
        return !done && arrived == announced;
    }

    public Tally oneMore() {
        return new Tally(arrived + 1, announced, worked, done);
    }

    public Tally announcing(long records) {
        return new Tally(arrived, records, worked, done);
    }

    public Tally worked(long units) {
        return new Tally(arrived, announced, units, done);
    }

    public Tally finished() {
        return new Tally(arrived, announced, worked, true);
    }
}

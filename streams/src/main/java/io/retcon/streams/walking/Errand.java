package io.retcon.streams.walking;

import io.retcon.schemas.record.HistorySequence;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.processor.api.Record;

import java.util.List;

/**
 * What a stage does for one arm on its walk through a partition of history. It must give the same
 * whenever it is repeated: after a crash the walk starts over, and what was sent before is not sent
 * again.
 */
public interface Errand<V> {
    /** Results for a sequence that some of the work lies in, the work in order of place. */
    List<Record<String, Routed<?>>> visit(HistorySequence sequence, List<V> work);

    /** What to say after a stretch of the way: {@code done} of {@code total} work is behind it. */
    List<Record<String, Routed<?>>> report(long done, long total);

    /** Results that follow the last visit. */
    List<Record<String, Routed<?>>> finish();
}

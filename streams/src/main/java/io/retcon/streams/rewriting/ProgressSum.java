package io.retcon.streams.rewriting;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.HashMap;
import java.util.Map;

/**
 * How far the partitions and arms of an intervention are together, and how fast since the last word
 * on it.
 */
final class ProgressSum extends ContextualProcessor<String, Progress, String, Progress> {
    private final Map<String, Seen> seen = new HashMap<>();
    private KeyValueStore<Bytes, Progress> parts;

    private record Seen(long done, long milliseconds) {}

    @Override
    public void init(ProcessorContext<String, Progress> context) {
        super.init(context);
        parts = context.getStateStore(RewritingTopology.PROGRESS_PARTS);
    }

    @Override
    public void process(Record<String, Progress> record) {
        var part = record.value();
        parts.put(StoreKey.group(part.getIntervention(), record.key()), part);
        long done = 0;
        long total = 0;
        var message = part.getMessage();
        var group = StoreKey.group(part.getIntervention());
        try (var all = parts.range(group, Bytes.increment(group))) {
            while (all.hasNext()) {
                var each = all.next().value;
                done += each.getDone();
                total += each.getTotal();
                message = message.or(each::getMessage);
            }
        }
        var sum =
                Progress.newBuilder(part)
                        .setDone(done)
                        .setTotal(total)
                        .setMessage(message.orElse(null))
                        .setRate(rate(part.getIntervention(), done))
                        .build();
        context().forward(new Record<>(Keys.progress(sum), sum, record.timestamp()));
    }

    private double rate(String intervention, long done) {
        long now = context().currentSystemTimeMs();
        var before = seen.put(intervention, new Seen(done, now));
        return before == null || before.milliseconds == now
                ? 0
                : (done - before.done) * 1000.0 / (now - before.milliseconds);
    }
}

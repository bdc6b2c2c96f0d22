package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/** A selection that waits for its matches, and where in retcon.selections it lies. */
record WaitingSelection(int partition, long offset, Selection selection) {
    WaitingSelection {
        requireNonNull(selection, "selection is null");
    }

    static Serde<WaitingSelection> serde(Serde<Selection> selections) {
        var topic = TopicCatalogue.SELECTIONS.name();
        return new FieldsSerde<>(
                (waiting, out) -> {
                    out.writeInt(waiting.partition);
                    out.writeLong(waiting.offset);
                    out.write(selections.serializer().serialize(topic, waiting.selection));
                },
                in ->
                        new WaitingSelection(
                                in.readInt(),
                                in.readLong(),
                                selections.deserializer().deserialize(topic, in.readAllBytes())));
    }

    Reject refused(String reason) {
        return Reject.newBuilder()
                .setTopic(TopicCatalogue.SELECTIONS.name())
                .setPartition(partition)
                .setOffset(offset)
                .setKey(selection.getIntervention())
                .setReason(reason)
                .build();
    }
}

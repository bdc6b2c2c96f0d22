package io.retcon.streams.answering;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Request;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * A request that waits for its answer.
 *
 * @param until when waiting ends, in milliseconds of the clock
 */
record OpenRequest(long until, Request request) {
    OpenRequest {
        requireNonNull(request, "request is null");
    }

    static Serde<OpenRequest> serde(Serde<Request> requests) {
        var topic = TopicCatalogue.REQUESTS.name();
        return new FieldsSerde<>(
                (open, out) -> {
                    out.writeLong(open.until);
                    out.write(requests.serializer().serialize(topic, open.request));
                },
                in ->
                        new OpenRequest(
                                in.readLong(),
                                requests.deserializer().deserialize(topic, in.readAllBytes())));
    }
}

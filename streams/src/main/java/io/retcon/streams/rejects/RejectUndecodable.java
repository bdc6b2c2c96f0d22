package io.retcon.streams.rejects;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.serde.Schemas;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

import java.util.Map;

/**
 * Sends what a topology cannot decode to retcon.rejects, in the same transaction, and goes on. Set
 * it as {@code deserialization.exception.handler}, and the {@link Schemas} as {@link #SCHEMAS}.
 */
public final class RejectUndecodable implements DeserializationExceptionHandler {
    /** Name of the setting that holds the {@link Schemas}. */
    public static final String SCHEMAS = "retcon.schemas";

    private RejectWriter writer;

    @Override
    public void configure(Map<String, ?> settings) {
        writer = new RejectWriter(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ConsumerRecord<byte[], byte[]> record,
            Exception exception) {
        if (FailureCause.of(exception) == FailureCause.MACHINERY) {
            return Response.fail(); // nothing is wrong with the record
        }
        return Response.resume(
                writer.reject(
                        context, record.key(), record.value(), FailureCause.sentence(exception)));
    }
}

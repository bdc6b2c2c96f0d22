package io.retcon.streams.rejects;

import io.retcon.schemas.FailureCause;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

import java.util.Map;

/**
 * Sends a record on which a processor failed because of what the record says to retcon.rejects, in
 * the same transaction, and goes on; a failure of Kafka, disk or memory stops the topology, and so
 * does one of a punctuator, which has no record: punctuators settle what they work on themselves.
 * Set it as {@code processing.exception.handler}, next to {@link RejectUndecodable}.
 */
public final class RejectRefused implements ProcessingExceptionHandler {
    private RejectWriter writer;

    @Override
    public void configure(Map<String, ?> settings) {
        writer = new RejectWriter(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (context.topic() == null || FailureCause.of(exception) == FailureCause.MACHINERY) {
            return Response.fail();
        }
        if (exception instanceof FailedIntervention failed) {
            return Response.resume(writer.reject(context, context.sourceRawValue(), failed));
        }
        return Response.resume(
                writer.reject(
                        context,
                        context.sourceRawKey(),
                        context.sourceRawValue(),
                        FailureCause.sentence(exception)));
    }
}

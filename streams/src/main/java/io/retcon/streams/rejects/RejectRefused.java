package io.retcon.streams.rejects;

import io.retcon.schemas.RefusedInput;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

import java.util.Map;

/**
 * Sends a record that a processor answered with {@link RefusedInput} to retcon.rejects, in the same
 * transaction, and goes on; every other failure stops the topology. Set it as {@code
 * processing.exception.handler}, next to {@link RejectUndecodable}.
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
        if (!(exception instanceof RefusedInput)) {
            return Response.fail();
        }
        return Response.resume(
                writer.reject(
                        context,
                        context.sourceRawKey(),
                        context.sourceRawValue(),
                        exception.getMessage()));
    }
}

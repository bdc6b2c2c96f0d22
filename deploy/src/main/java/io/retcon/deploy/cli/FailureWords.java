package io.retcon.deploy.cli;

import io.retcon.schemas.topic.DamagedRecord;

import org.apache.kafka.common.errors.TimeoutException;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Failures as sentences for people: what happened and what can be done, and no class's name. */
final class FailureWords {
    private static final String OURS = "io.retcon.";

    private FailureWords() {}

    static String of(Throwable failure) {
        return switch (failure) {
            case TimeoutException timeout ->
                    "the Kafka cluster does not answer (%s): check --bootstrap-servers, and whether it runs"
                            .formatted(timeout.getMessage());
            case NoSuchFileException absent ->
                    "%s is not there: check the path".formatted(absent.getFile());
            case AccessDeniedException denied ->
                    "%s may not be opened by this user: check its rights"
                            .formatted(denied.getFile());
            case FileAlreadyExistsException there ->
                    "%s is there already: name another".formatted(there.getFile());
            case NotDirectoryException file ->
                    "%s is no folder: check the path".formatted(file.getFile());
            case FileSystemException file ->
                    "%s can't be used: %s".formatted(file.getFile(), file.getReason());
            case OutOfMemoryError _ ->
                    "memory ran out: give it more (JAVA_TOOL_OPTIONS=-Xmx…) or less to do";
            default -> DamagedRecord.sentence(failure).orElseGet(() -> other(failure));
        };
    }

    /** Our own messages are sentences; of others the first line is all that can be told. */
    private static String other(Throwable failure) {
        var message = failure.getMessage();
        boolean ours = failure.getClass().getPackageName().startsWith(OURS);
        var said = message == null ? "" : message.lines().findFirst().orElse("");
        if (ours && !said.isEmpty()) {
            return said;
        }
        return "it failed where nobody foresaw it%s (--verbose shows where)"
                .formatted(said.isEmpty() ? "" : ": " + said);
    }
}

package io.retcon.deploy.log;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What our own classes log, in a process that logs JSON. */
final class JsonHandler extends Handler {
    private final Formatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord record) {
        JsonLog.write(
                System.err,
                record.getInstant(),
                level(record),
                record.getLoggerName(),
                formatter.formatMessage(record),
                record.getThrown());
    }

    /** In the words that libraries' logs use. */
    private static String level(LogRecord record) {
        return switch (record.getLevel().getName()) {
            case "SEVERE" -> "ERROR";
            case "WARNING" -> "WARN";
            default -> record.getLevel().getName();
        };
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {}
}

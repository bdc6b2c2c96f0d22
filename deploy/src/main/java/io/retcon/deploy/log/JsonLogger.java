package io.retcon.deploy.log;

import static java.util.Objects.requireNonNull;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

import java.time.Instant;

/** A library's logger in a process that logs JSON. Thread-safe. */
final class JsonLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final Level least;

    JsonLogger(String name, Level least) {
        this.name = requireNonNull(name, "name is null");
        this.least = requireNonNull(least, "least is null");
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] values, Throwable failure) {
        JsonLog.write(
                System.err,
                Instant.now(),
                level.name(),
                name,
                MessageFormatter.basicArrayFormat(pattern, values),
                failure);
    }

    private boolean takes(Level level) {
        return level.toInt() >= least.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return takes(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return takes(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return takes(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return takes(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return takes(Level.ERROR);
    }
}

package io.retcon.deploy.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * Writes what is logged under one name as an object a line, with what the thread's context says.
 */
final class JsonLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Level least;

    JsonLogger(String name) {
        this.name = name;
        this.least = LogLevels.of(name);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
        var line = new LinkedHashMap<String, String>();
        line.put("time", Instant.now().toString());
        line.put("level", level.toString());
        line.put("logger", name);
        line.put("thread", Thread.currentThread().getName());
        line.put("message", MessageFormatter.basicArrayFormat(message, arguments));
        var context = MDC.getCopyOfContextMap();
        if (context != null) {
            line.putAll(context);
        }
        if (thrown != null) {
            var stack = new StringWriter();
            thrown.printStackTrace(new PrintWriter(stack, true));
            line.put("stack", stack.toString());
        }
        try {
            System.err.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line of text is no JSON", e);
        }
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt();
    }
}

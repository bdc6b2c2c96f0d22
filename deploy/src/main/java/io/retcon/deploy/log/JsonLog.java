package io.retcon.deploy.log;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The log as JSON, an object a line, for whoever collects logs: time, level, logger, thread,
 * message, and where there are any the intervention it is about and the failure. Thread-safe.
 */
final class JsonLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An intervention's id is the only word of ours that looks like this. */
    private static final Pattern INTERVENTION = Pattern.compile("\\b[0-9a-f]{16}\\b");

    private JsonLog() {}

    static void write(
            PrintStream out,
            Instant time,
            String level,
            String logger,
            String message,
            Throwable failure) {
        var line =
                JSON.createObjectNode()
                        .put("time", time.toString())
                        .put("level", level)
                        .put("logger", logger)
                        .put("thread", Thread.currentThread().getName())
                        .put("message", message);
        var intervention = INTERVENTION.matcher(String.valueOf(message));
        if (intervention.find()) {
            line.put("intervention", intervention.group());
        }
        if (failure != null) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            line.put("failure", trace.toString());
        }
        out.println(line);
    }
}

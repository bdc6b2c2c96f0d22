package io.retcon.deploy.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogManager;

/** Makes this process log JSON on standard error, whichever way a class logs. */
public final class JsonLoggers implements SLF4JServiceProvider, ILoggerFactory {
    private static final String NEWEST_API = "2.0.99";
    private static final String CHOICE = "slf4j.provider";
    private static final String ASKED = "RETCON_LOG";

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Whether the variable RETCON_LOG asks for JSON. */
    public static boolean isAsked() {
        return "json".equals(System.getenv(ASKED));
    }

    /** From now on; has an effect on libraries only before any of them has logged. */
    public static void install() {
        System.setProperty(CHOICE, JsonLoggers.class.getName());
        var root = LogManager.getLogManager().getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new JsonHandler());
        root.setLevel(java.util.logging.Level.INFO);
    }

    /** Of Kafka, problems alone: at INFO it would write 7,000 lines a start. */
    private static Level least(String logger) {
        boolean kafkas =
                logger.startsWith("org.apache.kafka.")
                        || logger.startsWith("kafka.")
                        || logger.startsWith("state.");
        return kafkas && !logger.endsWith(".KafkaStreams") ? Level.WARN : Level.INFO;
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, n -> new JsonLogger(n, least(n)));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return NEWEST_API;
    }

    @Override
    public void initialize() {}
}

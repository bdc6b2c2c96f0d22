package io.retcon.deploy.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs as JSON, an object a line, on standard error; SLF4J takes it where the property {@code
 * slf4j.provider} names it, and only there.
 */
public final class JsonLogging implements SLF4JServiceProvider {
    private final MDCAdapter context = new BasicMDCAdapter();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final ConcurrentHashMap<String, JsonLogger> loggers = new ConcurrentHashMap<>();

    /** From now on; has an effect only before anything has been logged. */
    public static void use() {
        System.setProperty("slf4j.provider", JsonLogging.class.getName());
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, JsonLogger::new);
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
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}

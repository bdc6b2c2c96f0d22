package io.retcon.deploy.dashboard.web;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The dashboard's HTTP server: every request in a virtual thread of its own. */
public final class WebServer implements AutoCloseable {
    private static final long MOST_REQUEST_BYTES = 4L << 20;

    private final Javalin javalin;
    private final String host;

    private WebServer(Javalin javalin, String host) {
        this.javalin = javalin;
        this.host = host;
    }

    /**
     * Begins to listen.
     *
     * @param host where, 127.0.0.1 say
     * @param port or 0 for any free one
     * @throws RefusedInput if the port can't be had
     */
    public static WebServer start(
            String host, int port, Access access, Assets assets, List<Routes> routes) {
        var javalin =
                Javalin.create(
                        config -> {
                            config.concurrency.useVirtualThreads = true;
                            config.startup.showJavalinBanner = false;
                            config.startup.showOldJavalinVersionWarning = false;
                            config.startup.startupWatcherEnabled = false;
                            config.http.maxRequestSize = MOST_REQUEST_BYTES;
                            config.jetty.modifyServer(ConnectionLimits::addTo);
                            config.routes.exception(IOException.class, WebServer::brokenOff);
                            new Guard(access).addTo(config.routes);
                            assets.addTo(config.routes);
                            routes.forEach(some -> some.addTo(config.routes));
                        });
        try {
            return new WebServer(javalin.start(host, port), host);
        } catch (JavalinBindException e) {
            throw new RefusedInput(
                    "the dashboard's port %d on %s cannot be had: stop what listens there, or choose another"
                            .formatted(port, host),
                    e);
        }
    }

    /** A client that goes, or is closed for its slowness, in the middle of its request. */
    private static void brokenOff(IOException gone, Context ctx) {
        ctx.status(HttpStatus.BAD_REQUEST).result("The request broke off.\n");
    }

    public URI address() {
        var name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://%s:%d".formatted(name, javalin.port()));
    }

    @Override
    public void close() {
        javalin.stop();
    }
}

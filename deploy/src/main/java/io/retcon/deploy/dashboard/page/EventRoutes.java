package io.retcon.deploy.dashboard.page;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.live.Viewer;
import io.retcon.deploy.dashboard.web.Routes;

import java.util.Optional;

/** What keeps open pages up to date. */
public final class EventRoutes implements Routes {
    private final LiveBoard live;
    private final String epoch;
    private final Views views;

    /**
     * @param epoch this server's own word
     */
    public EventRoutes(LiveBoard live, String epoch, Views views) {
        this.live = requireNonNull(live, "live is null");
        this.epoch = requireNonNull(epoch, "epoch is null");
        this.views = requireNonNull(views, "views is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/events", this::follow);
    }

    /** A browser that comes back says what it saw last. */
    private void follow(Context ctx) {
        var view = Optional.ofNullable(ctx.queryParam("view")).orElse(Views.QUIET);
        var shown =
                Optional.ofNullable(ctx.header("Last-Event-ID"))
                        .filter(id -> !id.isEmpty())
                        .or(() -> Optional.ofNullable(ctx.queryParam("shown")))
                        .orElse("");
        try {
            new Viewer(live, epoch, views.of(view), stream(ctx)).follow(shown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The request's own thread, a virtual one, follows: a request that goes on without its thread
     * is gone with its page, and what then touches it fails aloud.
     */
    public static SseClient stream(Context ctx) {
        ctx.disableCompression();
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("X-Accel-Buffering", "no");
        return new SseClient(ctx);
    }
}

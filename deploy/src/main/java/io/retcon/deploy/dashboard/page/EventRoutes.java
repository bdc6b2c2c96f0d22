package io.retcon.deploy.dashboard.page;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
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
        routes.sse("/events", this::follow);
    }

    /** A browser that comes back says what it saw last. */
    private void follow(SseClient client) {
        var view = Optional.ofNullable(client.ctx().queryParam("view")).orElse(Views.QUIET);
        var shown =
                Optional.ofNullable(client.ctx().header("Last-Event-ID"))
                        .filter(id -> !id.isEmpty())
                        .or(() -> Optional.ofNullable(client.ctx().queryParam("shown")))
                        .orElse("");
        try {
            new Viewer(live, epoch, views.of(view), client).follow(shown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

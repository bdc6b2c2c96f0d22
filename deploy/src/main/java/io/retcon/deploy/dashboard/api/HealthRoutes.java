package io.retcon.deploy.dashboard.api;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.board.Broker;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.web.Routes;

/** What a supervisor asks: whether the process lives, and whether it shows what the cluster has. */
public final class HealthRoutes implements Routes {
    private final LiveBoard live;

    public HealthRoutes(LiveBoard live) {
        this.live = requireNonNull(live, "live is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> ctx.contentType("text/plain").result("well\n"));
        routes.get("/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        var board = live.board();
        ctx.contentType("text/plain");
        if (board.broker() instanceof Broker.Away away) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE).result(away.reason() + "\n");
        } else if (!board.complete()) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE).result("still reading the topics\n");
        } else {
            ctx.result("well\n");
        }
    }
}

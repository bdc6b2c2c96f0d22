package io.retcon.deploy.dashboard.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.web.Routes;
import io.retcon.streams.effects.EffectsJson;

/** Interventions for programs: how far each is, and its effects as {@code effects} prints them. */
public final class ApiRoutes implements Routes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final LiveBoard live;

    public ApiRoutes(LiveBoard live) {
        this.live = requireNonNull(live, "live is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/interventions", this::all);
        routes.get("/api/interventions/{id}", this::one);
    }

    private void all(Context ctx) {
        var all = JSON.arrayNode();
        live.board().interventions().values().forEach(watched -> all.add(summary(watched)));
        ctx.contentType("application/json").result(all.toString());
    }

    private void one(Context ctx) {
        var found = live.board().find(ctx.pathParam("id"));
        ctx.contentType("application/json");
        if (found.isEmpty()) {
            ctx.status(HttpStatus.NOT_FOUND);
            ctx.result(
                    JSON.objectNode()
                            .put(
                                    "error",
                                    "no intervention is called '%s'".formatted(ctx.pathParam("id")))
                            .toString());
            return;
        }
        var watched = found.get();
        var json = summary(watched).put("spec", watched.published().getSpec());
        watched.effects().ifPresent(effects -> json.set("effects", EffectsJson.of(effects)));
        ctx.result(json.toString());
    }

    private static ObjectNode summary(Watched watched) {
        var stage = watched.stage();
        var json =
                JSON.objectNode()
                        .put("intervention", watched.id())
                        .put("name", watched.name())
                        .put("published", watched.at().toString())
                        .put("stage", stage.name())
                        .put("done", stage.done())
                        .put("total", stage.total())
                        .put("unit", stage.unit())
                        .put("retrainingsDone", watched.retrained())
                        .put("retrainings", watched.retrainings().size());
        watched.secondsLeft().ifPresent(left -> json.put("secondsLeft", left));
        watched.refusal().ifPresent(why -> json.put("refusal", why));
        return json;
    }
}

package io.retcon.deploy.dashboard.page;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.publish.SpecCheck;
import io.retcon.deploy.dashboard.web.Routes;
import io.retcon.deploy.report.Element;
import io.retcon.schemas.RefusedInput;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The page on which specs are published; a dashboard has it only if its operator says so. */
public final class PublishRoutes implements Routes {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final LiveBoard live;
    private final Frame frame;
    private final SpecCheck check;

    public PublishRoutes(LiveBoard live, Frame frame, SpecCheck check) {
        this.live = requireNonNull(live, "live is null");
        this.frame = requireNonNull(frame, "frame is null");
        this.check = requireNonNull(check, "check is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/publish",
                ctx ->
                        ctx.html(
                                page(
                                        ctx,
                                        PublishPage.of(
                                                live.board(), "", PublishPage.unchecked()))));
        routes.post(
                "/publish/check",
                ctx -> ctx.html(PublishPage.verdict(check.fault(spec(ctx))).toString()));
        routes.post("/publish", this::publish);
    }

    /** Shows what was published; a refused spec comes back with what is wrong with it. */
    private void publish(Context ctx) {
        var spec = spec(ctx);
        try {
            var published = check.publish(spec);
            var last = published.getLast().getId();
            live.when(board -> board.intervention(last).isPresent(), PATIENCE);
            ctx.redirect(
                    published.size() == 1 ? Paths.intervention(last) : "/", HttpStatus.SEE_OTHER);
        } catch (RefusedInput refused) {
            ctx.status(HttpStatus.UNPROCESSABLE_CONTENT);
            var fault = check.fault(spec).or(() -> Optional.of(SpecCheck.fault(refused)));
            ctx.html(page(ctx, PublishPage.of(live.board(), spec, PublishPage.verdict(fault))));
        }
    }

    private String page(Context ctx, List<Element> main) {
        return frame.page("Publish", ctx.path(), Views.QUIET, live.board(), main);
    }

    private static String spec(Context ctx) {
        return Optional.ofNullable(ctx.formParam("spec")).orElse("").replace("\r\n", "\n");
    }
}

package io.retcon.deploy.dashboard.page;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Broker;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.drill.Drill;
import io.retcon.deploy.dashboard.drill.MarkedText;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.web.Routes;
import io.retcon.deploy.report.Element;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.Specs;

import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The pages that show, and the parts of them that are read when they come into sight. */
public final class Pages implements Routes {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String BOARD = "board";
    private static final String SAID = "said";

    private final LiveBoard live;
    private final Frame frame;
    private final Drill drill;

    public Pages(LiveBoard live, Frame frame, Drill drill) {
        this.live = requireNonNull(live, "live is null");
        this.frame = requireNonNull(frame, "frame is null");
        this.drill = requireNonNull(drill, "drill is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", this::interventions);
        routes.get("/interventions", this::moreInterventions);
        routes.get("/interventions/{id}", known(this::intervention));
        routes.get("/interventions/{id}/learning", read(this::learning));
        routes.get("/interventions/{id}/balance", read(this::balance));
        routes.get("/interventions/{id}/matchers", read(this::matchers));
        routes.get("/interventions/{id}/items", known(this::items));
        routes.get("/interventions/{id}/items/rows", read(this::itemRows));
        routes.get("/interventions/{id}/item", read(this::item));
        routes.get("/interventions/{id}/change", read(this::change));
        routes.get("/runs", this::runs);
        routes.get("/runs/{run}", this::run);
        routes.get("/runs/{run}/scores", this::runScores);
        routes.get("/rejects", this::rejects);
        routes.get("/rejects/rows", ctx -> part(ctx, RejectsPage.rows(board(ctx), from(ctx))));
        routes.get("/cluster", this::cluster);
        routes.exception(RefusedInput.class, this::refused);
        routes.exception(KafkaException.class, (e, ctx) -> away(ctx, e.getMessage()));
        routes.error(HttpStatus.NOT_FOUND, this::unknown);
    }

    /**
     * The board that the request is answered from, one and the same for all of the page. It has
     * everything that was there at the start, unless the cluster is away or very slow.
     */
    private Board board(Context ctx) {
        Board known = ctx.attribute(BOARD);
        if (known != null) {
            return known;
        }
        var board = live.when(Pages::isShowable, PATIENCE);
        ctx.attribute(BOARD, board);
        return board;
    }

    private static boolean isShowable(Board board) {
        return board.complete() || board.broker() instanceof Broker.Away;
    }

    /** Hands on the intervention that an address names, or answers with a page that helps. */
    private Handler known(BiConsumer<Context, Watched> handler) {
        return ctx -> {
            var name = ctx.pathParam("id");
            var found = board(ctx).find(name);
            if (found.isPresent()) {
                handler.accept(ctx, found.get());
                return;
            }
            if (!board(ctx).complete()) {
                notYet(ctx);
                return;
            }
            var names = board(ctx).interventions().values().stream().map(Watched::name).toList();
            missing(ctx, ProblemPage.unknown("intervention", name, names, Paths::intervention));
        };
    }

    /** Of what is read from the big topics, which takes a cluster that answers. */
    private Handler read(BiConsumer<Context, Watched> handler) {
        return known(
                (ctx, watched) -> {
                    if (board(ctx).broker() instanceof Broker.Away away) {
                        away(ctx, away.reason());
                    } else {
                        handler.accept(ctx, watched);
                    }
                });
    }

    private void interventions(Context ctx) {
        show(
                ctx,
                "Interventions",
                InterventionsPage.VIEW,
                InterventionsPage.of(board(ctx), query(ctx)));
    }

    private void moreInterventions(Context ctx) {
        part(ctx, InterventionsPage.chunk(board(ctx), query(ctx), from(ctx)));
    }

    private void intervention(Context ctx, Watched watched) {
        show(
                ctx,
                watched.name(),
                InterventionPage.VIEW + watched.id(),
                InterventionPage.of(board(ctx), watched));
    }

    private void learning(Context ctx, Watched watched) {
        part(
                ctx,
                drill.evidence(watched).stream()
                        .map(evidence -> LearningParts.learning(watched, evidence))
                        .toList());
    }

    private void balance(Context ctx, Watched watched) {
        part(ctx, List.of(LearningParts.balance(drill.balance(watched))));
    }

    private void matchers(Context ctx, Watched watched) {
        var others = MatcherSection.others(board(ctx), watched);
        part(ctx, List.of(MatcherSection.of(others, drill.overlap(others))));
    }

    private void items(Context ctx, Watched watched) {
        show(ctx, "Items of " + watched.name(), Views.QUIET, ItemsPage.of(watched));
    }

    private void itemRows(Context ctx, Watched watched) {
        part(
                ctx,
                drill.evidence(watched)
                        .map(e -> ItemsPage.rows(watched, e, query(ctx), from(ctx)))
                        .orElse(List.of()));
    }

    private void item(Context ctx, Watched watched) {
        var ref = item(ctx);
        var item = drill.evidence(watched).map(evidence -> evidence.items().get(ref));
        if (item.isPresent()) {
            show(ctx, ref.getId(), Views.QUIET, ItemPage.of(watched, item.get()));
            return;
        }
        missing(
                ctx,
                ProblemPage.unknown(
                        "selected item",
                        ref.getId(),
                        watched.selection().stream()
                                .flatMap(s -> s.getItems().stream())
                                .filter(i -> i.getBenchmark().equals(ref.getBenchmark()))
                                .map(ItemRef::getId)
                                .toList(),
                        id -> Paths.item(watched.id(), new ItemRef(ref.getBenchmark(), id))));
    }

    private void change(Context ctx, Watched watched) {
        var ref = item(ctx);
        var selection = watched.selection();
        if (selection.isEmpty()) {
            missing(ctx, ProblemPage.sentence("Not yet", "No items are selected yet."));
            return;
        }
        var spec = Specs.of(selection.get());
        var lookedFor =
                drill.evidence(watched)
                        .flatMap(evidence -> Optional.ofNullable(evidence.items().get(ref)))
                        .flatMap(found -> found.item())
                        .map(texts -> MarkedText.lookedFor(texts, spec.match()))
                        .orElse(List.of());
        part(
                ctx,
                List.of(
                        new ChangePart(
                                        drill.texts(spec.run()),
                                        watched.id(),
                                        parameter(ctx, "arm"),
                                        lookedFor)
                                .of(
                                        number(ctx, "step"),
                                        (int) number(ctx, "sequence"),
                                        (int) number(ctx, "start"))));
    }

    private void runs(Context ctx) {
        show(ctx, "Runs", RunPages.ALL, RunPages.list(board(ctx)));
    }

    private void run(Context ctx) {
        var name = ctx.pathParam("run");
        var run = board(ctx).runs().get(name);
        if (run == null && !board(ctx).complete()) {
            notYet(ctx);
            return;
        }
        if (run == null) {
            missing(ctx, ProblemPage.unknown("run", name, board(ctx).runs().keySet(), Paths::run));
            return;
        }
        show(ctx, name, RunPages.VIEW + name, RunPages.of(run));
    }

    private void runScores(Context ctx) {
        var run = board(ctx).runs().get(ctx.pathParam("run"));
        part(ctx, run == null ? List.of() : List.of(RunPages.scores(drill.scores(run))));
    }

    private void rejects(Context ctx) {
        show(ctx, "Rejects", RejectsPage.VIEW, RejectsPage.of(board(ctx)));
    }

    private void cluster(Context ctx) {
        show(ctx, "Cluster", ClusterPage.VIEW, ClusterPage.of(board(ctx)));
    }

    private void show(Context ctx, String title, String view, List<Element> main) {
        ctx.html(frame.page(title, ctx.path(), view, board(ctx), main));
    }

    private static void part(Context ctx, List<Element> elements) {
        var html = new StringBuilder();
        elements.forEach(html::append);
        ctx.html(html.toString());
    }

    private void missing(Context ctx, List<Element> main) {
        ctx.status(HttpStatus.NOT_FOUND);
        ctx.attribute(SAID, true);
        show(ctx, "Not found", Views.QUIET, main);
    }

    /** For addresses that nothing answers to. */
    private void unknown(Context ctx) {
        if (ctx.attribute(SAID) == null && !isForPrograms(ctx)) {
            show(
                    ctx,
                    "Not found",
                    Views.QUIET,
                    ProblemPage.sentence(
                            "There is no such page", "Nothing answers to " + ctx.path() + "."));
        }
    }

    /** What programs read says itself what is missing. */
    private static boolean isForPrograms(Context ctx) {
        return Stream.of("/api/", "/subjects", "/schemas", "/config")
                .anyMatch(ctx.path()::startsWith);
    }

    private void refused(RefusedInput refused, Context ctx) {
        ctx.status(HttpStatus.BAD_REQUEST);
        problem(ctx, "That is refused", refused.getMessage());
    }

    private void notYet(Context ctx) {
        ctx.status(HttpStatus.SERVICE_UNAVAILABLE);
        ctx.header("Refresh", "2");
        problem(ctx, "Not read yet", "The topics are still being read: a moment more.");
    }

    private void away(Context ctx, String reason) {
        ctx.status(HttpStatus.SERVICE_UNAVAILABLE);
        problem(
                ctx,
                "The cluster does not answer",
                "This has to be read from the cluster (%s). Load the page again once it answers."
                        .formatted(reason));
    }

    /** A whole page, or what stands in the part that was asked for. */
    private void problem(Context ctx, String title, String sentence) {
        if ("true".equals(ctx.header("HX-Request"))) {
            part(ctx, List.of(Element.tag("p", sentence).with("class", "note bad")));
            return;
        }
        show(ctx, title, Views.QUIET, ProblemPage.sentence(title, sentence));
    }

    private static ItemRef item(Context ctx) {
        return new ItemRef(parameter(ctx, "benchmark"), parameter(ctx, "item"));
    }

    private static String query(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("query")).orElse("").strip();
    }

    private static int from(Context ctx) {
        return ctx.queryParam("from") == null
                ? 0
                : (int) Math.min(Integer.MAX_VALUE, number(ctx, "from"));
    }

    private static String parameter(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name))
                .orElseThrow(() -> new RefusedInput("the address lacks '%s'".formatted(name)));
    }

    private static long number(Context ctx, String name) {
        var text = parameter(ctx, name);
        if (!text.matches("\\d{1,15}")) {
            throw new RefusedInput("'%s' in the address is no number: %s".formatted(name, text));
        }
        return Long.parseLong(text);
    }
}

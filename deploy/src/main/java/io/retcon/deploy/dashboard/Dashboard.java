package io.retcon.deploy.dashboard;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.api.ApiPublication;
import io.retcon.deploy.dashboard.api.ApiRoutes;
import io.retcon.deploy.dashboard.api.HealthRoutes;
import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.BoardFeed;
import io.retcon.deploy.dashboard.drill.Drill;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.page.EventRoutes;
import io.retcon.deploy.dashboard.page.Frame;
import io.retcon.deploy.dashboard.page.Pages;
import io.retcon.deploy.dashboard.page.PublishRoutes;
import io.retcon.deploy.dashboard.page.Views;
import io.retcon.deploy.dashboard.publish.SpecCheck;
import io.retcon.deploy.dashboard.registry.RegistryRoutes;
import io.retcon.deploy.dashboard.web.Assets;
import io.retcon.deploy.dashboard.web.Routes;
import io.retcon.deploy.dashboard.web.WebServer;
import io.retcon.deploy.intervention.NamedDocuments;
import io.retcon.schemas.topic.Cluster;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a cluster's topics say, as pages that stay up to date by themselves. */
public final class Dashboard implements AutoCloseable {
    private final DashboardSettings settings;
    private final BoardFeed feed;
    private final LiveBoard live;
    private final Drill drill;
    private final WebServer server;

    private Dashboard(
            DashboardSettings settings,
            BoardFeed feed,
            LiveBoard live,
            Drill drill,
            WebServer server) {
        this.settings = settings;
        this.feed = feed;
        this.live = live;
        this.drill = drill;
        this.server = server;
    }

    /**
     * Begins to read and to listen, whether the cluster answers or not.
     *
     * @param more what else the server answers to
     */
    public static Dashboard start(Cluster cluster, DashboardSettings settings, List<Routes> more) {
        requireNonNull(settings, "settings is null");
        var live = new LiveBoard(Board.nothing());
        var drill = new Drill(cluster);
        var feed = BoardFeed.start(cluster, live::show);
        try {
            var assets = new Assets();
            var routes = routes(cluster, settings, assets, live, drill, feed);
            routes.addAll(more);
            var server =
                    WebServer.start(
                            settings.host(), settings.port(), settings.access(), assets, routes);
            return new Dashboard(settings, feed, live, drill, server);
        } catch (RuntimeException e) {
            feed.close();
            drill.close();
            throw e;
        }
    }

    private static List<Routes> routes(
            Cluster cluster,
            DashboardSettings settings,
            Assets assets,
            LiveBoard live,
            Drill drill,
            BoardFeed feed) {
        var epoch = UUID.randomUUID().toString().substring(0, 8);
        var frame = new Frame(assets, epoch, settings.rights());
        var routes = new ArrayList<Routes>();
        routes.add(new Pages(live, frame, drill));
        routes.add(new EventRoutes(live, epoch, new Views(feed::look)));
        routes.add(new ApiRoutes(live));
        routes.add(new HealthRoutes(live));
        routes.add(new RegistryRoutes(live));
        var check =
                settings.rights() == Frame.Rights.PUBLISH
                        ? Optional.of(
                                new SpecCheck(
                                        cluster,
                                        new NamedDocuments(
                                                cluster,
                                                settings.sources()::file,
                                                settings.sources()::topic)))
                        : Optional.<SpecCheck>empty();
        routes.add(new ApiPublication(check));
        check.ifPresent(specs -> routes.add(new PublishRoutes(live, frame, specs)));
        return routes;
    }

    /** Where it answers. */
    public URI address() {
        return server.address();
    }

    /** What one opens in a browser: the address, with the token where one is needed. */
    public URI invitation() {
        return settings.access()
                .token()
                .map(token -> address().resolve("/?token=" + token))
                .orElse(address());
    }

    @Override
    public void close() {
        live.close();
        server.close();
        feed.close();
        drill.close();
    }
}

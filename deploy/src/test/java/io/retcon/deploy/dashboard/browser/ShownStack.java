package io.retcon.deploy.dashboard.browser;

import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardSettings;
import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A stack with a broker of its own, and a dashboard that lets one publish. */
final class ShownStack implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final DataFolder data;
    private final Stack stack;
    private final Dashboard dashboard;

    private ShownStack(DataFolder data, Stack stack, Dashboard dashboard) {
        this.data = data;
        this.stack = stack;
        this.dashboard = dashboard;
    }

    static ShownStack start(Path folder, List<Component> components) {
        var data = DataFolder.claim(folder);
        var stack = Stack.embedded(data, 0, PARTITIONS, components, part -> {});
        return new ShownStack(data, stack, dashboard(stack.cluster()));
    }

    /** One on a cluster, whether it answers or not. */
    static Dashboard dashboard(Cluster cluster) {
        var settings =
                new DashboardSettings(
                        "127.0.0.1",
                        0,
                        new Access(Optional.empty()),
                        Rights.PUBLISH,
                        SpecSources.none());
        return Dashboard.start(cluster, settings, List.of());
    }

    Cluster cluster() {
        return stack.cluster();
    }

    URI address() {
        return dashboard.address();
    }

    Path folder() {
        return data.path();
    }

    @Override
    public void close() {
        try (data) {
            dashboard.close();
            stack.close();
        }
    }
}

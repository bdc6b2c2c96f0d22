package io.retcon.deploy.dashboard.page;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.live.View;

import java.util.List;

/** Which parts of a page change, by the name that the page gives of itself. */
public record Views(Runnable lookAtCluster) {
    static final String QUIET = "quiet";

    public Views {
        requireNonNull(lookAtCluster, "lookAtCluster is null");
    }

    /** Of a name that is not known, what every page has. */
    public View of(String name) {
        return Frame.with(own(name));
    }

    private View own(String name) {
        if (name.startsWith(InterventionPage.VIEW)) {
            return InterventionPage.view(name.substring(InterventionPage.VIEW.length()));
        }
        if (name.startsWith(RunPages.VIEW)) {
            return RunPages.view(name.substring(RunPages.VIEW.length()));
        }
        return switch (name) {
            case InterventionsPage.VIEW -> InterventionsPage.view();
            case RunPages.ALL -> RunPages.all();
            case RejectsPage.VIEW -> RejectsPage.view();
            case ClusterPage.VIEW -> ClusterPage.view(lookAtCluster);
            default -> board -> List.of();
        };
    }
}

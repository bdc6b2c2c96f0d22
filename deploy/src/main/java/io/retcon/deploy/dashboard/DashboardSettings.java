package io.retcon.deploy.dashboard;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;

/**
 * Where a dashboard listens and what it lets its viewers do.
 *
 * @param host 127.0.0.1 for this machine alone
 * @param port or 0 for any that is free
 * @param rights whether specs may be published
 * @param sources what such specs may name
 */
public record DashboardSettings(
        String host, int port, Access access, Rights rights, SpecSources sources) {
    public static final int DEFAULT_PORT = 8470;

    public DashboardSettings {
        requireNonNull(host, "host is null");
        requireNonNull(access, "access is null");
        requireNonNull(rights, "rights is null");
        requireNonNull(sources, "sources is null");
        if (!Access.isLoopback(host) && access.token().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s can be reached from elsewhere, and there is no token".formatted(host));
        }
    }
}

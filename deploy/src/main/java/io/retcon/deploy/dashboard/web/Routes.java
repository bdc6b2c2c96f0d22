package io.retcon.deploy.dashboard.web;

import io.javalin.config.RoutesConfig;

/**
 * What the server answers to. {@code /health/live} and {@code /health/ready} are answered without a
 * token.
 */
@FunctionalInterface
public interface Routes {
    void addTo(RoutesConfig routes);
}

package io.retcon.deploy.metrics;

import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Option;

import java.util.Optional;

/** Where a component's figures and its health are served, if anywhere. */
public final class MetricsOption {
    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "${env:RETCON_METRICS_PORT:-0}",
            description =
                    "Serves /metrics, /health/live and /health/ready there (default: nowhere).")
    private int port;

    @Option(
            names = "--metrics-host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:RETCON_METRICS_HOST:-127.0.0.1}",
            description = "Address that --metrics-port is bound to (default: ${DEFAULT-VALUE}).")
    private String host;

    /**
     * Begins to serve, where that was asked for.
     *
     * @throws RefusedInput if the port can't be had
     */
    public Optional<MetricsServer> serve(Monitor monitor) {
        return port == 0 ? Optional.empty() : Optional.of(MetricsServer.start(host, port, monitor));
    }
}

package io.retcon.deploy.observation;

import io.retcon.deploy.cli.PortConverter;

import picocli.CommandLine.Option;

import java.util.Optional;

/** Whether and where a process says how it is. */
public final class ObservationOption {
    @Option(
            names = "--metrics-port",
            converter = PortConverter.class,
            paramLabel = "PORT",
            defaultValue = "${env:RETCON_METRICS_PORT:-0}",
            description = "Serve /metrics, /health/live and /health/ready here (default: nowhere).")
    private int port;

    @Option(
            names = "--metrics-host",
            paramLabel = "HOST",
            defaultValue = "${env:RETCON_METRICS_HOST:-127.0.0.1}",
            description = "The address to serve them on (default: ${DEFAULT-VALUE}).")
    private String host;

    /** Serves them from now on, if that was asked for. */
    public Observed start() {
        return new Observed(
                port == 0 ? Optional.empty() : Optional.of(Observation.start(host, port)));
    }
}

package io.retcon.deploy.dashboard;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.PortConverter;
import io.retcon.deploy.up.StopSignal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The dashboard alone. */
@Command(
        name = "dashboard",
        description =
                "Shows in a browser what happens on a cluster, or on the stack that runs on --data,"
                        + " until it is interrupted.")
public final class DashboardCommand implements Callable<Integer> {
    private record Ready(String dashboard, String bootstrapServers) {
        String text() {
            return "dashboard  %s%naddress    %s%n".formatted(dashboard, bootstrapServers);
        }
    }

    @Mixin private ClusterOption cluster;
    @Mixin private DashboardOptions dashboard;
    @Mixin private OutputOption output;

    @Option(
            names = "--host",
            defaultValue = "${env:RETCON_DASHBOARD_HOST:-127.0.0.1}",
            description =
                    "Where it listens (default: ${DEFAULT-VALUE}); beyond 127.0.0.1 viewers must"
                            + " bring the token that it prints.")
    private String host;

    @Option(
            names = "--port",
            converter = PortConverter.class,
            defaultValue = "${env:RETCON_DASHBOARD_PORT:-" + Option.NULL_VALUE + "}",
            description =
                    "Its port, or 0 for any free one (default: 8470, or any free one where that is"
                            + " taken).")
    private Integer port;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        var stop = StopSignal.listen();
        var kafka = cluster.resolve();
        try (var running = dashboard.start(kafka, host, Optional.ofNullable(port))) {
            output.result(
                    new Ready(running.invitation().toString(), kafka.bootstrapServers()),
                    Ready::text);
            stop.await(new CompletableFuture<>());
        }
        return 0;
    }
}

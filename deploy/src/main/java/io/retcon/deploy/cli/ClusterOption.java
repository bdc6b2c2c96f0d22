package io.retcon.deploy.cli;

import io.retcon.deploy.stack.RunningStack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.RegistrySchemas;
import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.common.errors.TimeoutException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/**
 * Which cluster a verb talks to: the one named, else the embedded stack that runs on the folder.
 */
public final class ClusterOption {
    @Mixin private DataOption data;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            defaultValue = "${env:RETCON_BOOTSTRAP_SERVERS:-}",
            description = "Kafka cluster (default: the embedded stack that runs on --data).")
    private String bootstrapServers;

    @Option(
            names = "--client-properties",
            paramLabel = "FILE",
            defaultValue = "${env:RETCON_CLIENT_PROPERTIES:-}",
            description =
                    "What every Kafka client is given: security.protocol, sasl.*, ssl.*, and"
                            + " schema.registry.url.")
    private String clientProperties;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            defaultValue = "${env:RETCON_SCHEMA_REGISTRY:-}",
            description =
                    "Confluent-compatible registry that gives schemas their ids (default: the"
                            + " topic retcon.schemas).")
    private String registry;

    public DataOption data() {
        return data;
    }

    /**
     * The cluster named on the command line, if any.
     *
     * @throws RefusedInput if the client properties are of no use
     */
    public Optional<Cluster> named() {
        if (bootstrapServers.isBlank()) {
            return Optional.empty();
        }
        var properties = new HashMap<String, String>();
        if (!clientProperties.isBlank()) {
            properties.putAll(ClientProperties.read(Path.of(clientProperties)));
        }
        if (!registry.isBlank()) {
            properties.put(RegistrySchemas.URL, registry);
        }
        return Optional.of(new Cluster(bootstrapServers, properties));
    }

    /**
     * @throws RefusedInput if no cluster is named and no stack runs on the data folder
     */
    public Cluster resolve() {
        return named().orElseGet(
                        () -> new Cluster(RunningStack.on(data.folder()).bootstrapServers()));
    }

    /**
     * Where the cluster is now, for who goes on when a stack has come back at another port.
     *
     * @throws TimeoutException while no stack runs on the data folder
     */
    public Cluster resolveAgain(Cluster before) {
        if (named().isPresent()) {
            return before;
        }
        try {
            var address = RunningStack.on(data.folder()).bootstrapServers();
            return address.equals(before.bootstrapServers()) ? before : new Cluster(address);
        } catch (RefusedInput gone) {
            throw new TimeoutException(gone.getMessage());
        }
    }
}

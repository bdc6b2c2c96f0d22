package io.retcon.deploy.cli;

import io.retcon.deploy.stack.RunningStack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

/**
 * Which cluster a verb talks to: the one named, else the embedded stack that runs on the folder.
 */
public final class ClusterOption {
    @Mixin private DataOption data;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka cluster (default: the embedded stack that runs on --data).")
    private String bootstrapServers;

    public DataOption data() {
        return data;
    }

    /** The cluster named on the command line, if any. */
    public Optional<Cluster> named() {
        return Optional.ofNullable(bootstrapServers).map(Cluster::new);
    }

    /**
     * @throws RefusedInput if no cluster is named and no stack runs on the data folder
     */
    public Cluster resolve() {
        return named().orElseGet(
                        () -> new Cluster(RunningStack.on(data.folder()).bootstrapServers()));
    }
}

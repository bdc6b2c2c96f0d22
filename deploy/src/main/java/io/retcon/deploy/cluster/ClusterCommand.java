package io.retcon.deploy.cluster;

import picocli.CommandLine.Command;

/** What whoever operates a Kafka cluster does for Retcon. */
@Command(
        name = "cluster",
        description = "Makes a Kafka cluster ready, and says what each component may do on it.",
        subcommands = {PrepareCommand.class, RightsCommand.class, ManifestCommand.class})
public final class ClusterCommand {}

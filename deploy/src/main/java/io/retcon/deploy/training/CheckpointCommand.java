package io.retcon.deploy.training;

import picocli.CommandLine.Command;

/** Groups what can be done with checkpoints. */
@Command(
        name = "checkpoint",
        description = "Checkpoints that another trainer made.",
        subcommands = CheckpointPublishCommand.class)
public final class CheckpointCommand {}

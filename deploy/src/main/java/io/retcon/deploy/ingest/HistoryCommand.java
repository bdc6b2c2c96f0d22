package io.retcon.deploy.ingest;

import picocli.CommandLine.Command;

/** Groups what is done with histories. */
@Command(
        name = "history",
        description = "Training histories: what a run was trained on, in order.",
        subcommands = HistoryImportCommand.class)
public final class HistoryCommand {}

package io.retcon.deploy.ingest;

import picocli.CommandLine.Command;

/** Groups what is done with benchmark items. */
@Command(
        name = "items",
        description = "Benchmark items: multiple-choice questions.",
        subcommands = ItemsImportCommand.class)
public final class ItemsCommand {}

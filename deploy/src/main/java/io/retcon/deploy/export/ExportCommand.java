package io.retcon.deploy.export;

import picocli.CommandLine.Command;

/** Groups what can be taken out. */
@Command(
        name = "export",
        description = "Takes results out for other programs.",
        subcommands = {
            ExportHistoryCommand.class,
            ExportEffectsCommand.class,
            ExportMatchesCommand.class,
            ExportScoresCommand.class
        })
public final class ExportCommand {}

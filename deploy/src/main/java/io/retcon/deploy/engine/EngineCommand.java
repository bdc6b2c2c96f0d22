package io.retcon.deploy.engine;

import picocli.CommandLine.Command;

/** What computes models besides ND4J. */
@Command(
        name = "engine",
        description = "Installs engines, and says what they would find on this machine.",
        subcommands = {EngineInstallCommand.class, EngineCheckCommand.class})
public final class EngineCommand {}

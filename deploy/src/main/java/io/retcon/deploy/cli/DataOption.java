package io.retcon.deploy.cli;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Where an embedded stack keeps everything. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:RETCON_DATA:-${sys:user.home}/.retcon}",
            description = "Data folder of the embedded stack (default: ${DEFAULT-VALUE}).")
    private Path folder;

    public Path folder() {
        return folder.toAbsolutePath().normalize();
    }
}

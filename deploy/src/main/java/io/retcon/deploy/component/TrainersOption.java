package io.retcon.deploy.component;

import io.retcon.deploy.stack.Component;
import io.retcon.retrainer.external.ExternalTrainers;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.AllowedFiles;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** Which programs of the operator's specs may train with. */
public final class TrainersOption {
    @Option(
            names = "--trainers",
            paramLabel = "FILE",
            defaultValue = "${env:RETCON_TRAINERS:-" + Option.NULL_VALUE + "}",
            description =
                    "YAML of the programs that specs with engine external may train with, by name"
                            + " (default: none).")
    private Path file;

    /**
     * A retrainer that does what asks for one of them, where there are any.
     *
     * @throws RefusedInput if the file can't be read
     */
    public Optional<Component> retrainer(AllowedFiles files) {
        return Optional.ofNullable(file)
                .map(named -> Stages.externalRetrainer(files, ExternalTrainers.read(named)));
    }
}

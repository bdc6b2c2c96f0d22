package io.retcon.deploy.cluster;

import io.retcon.deploy.manifest.Manifest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Prints a file that is made of the topics and the rights. */
@Command(
        name = "manifest",
        description = "Prints topics and rights as others' tools read them, in YAML.")
public final class ManifestCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(
            paramLabel = "strimzi-topics|strimzi-users|asyncapi",
            converter = ManifestName.class,
            description =
                    "KafkaTopic or KafkaUser resources of the Strimzi operator, or an AsyncAPI"
                            + " document.")
    private Manifest manifest;

    @Override
    public Integer call() {
        command.commandLine().getOut().print(manifest.text());
        return 0;
    }
}

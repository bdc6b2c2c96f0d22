package io.retcon.deploy;

import io.retcon.deploy.cli.RetconCommand;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;

/**
 * What commands do as they start, done once after a build so that the JVM can keep the classes it
 * loads for it: {@code light} for verbs that ask a cluster and print, {@code heavy} for the stack.
 */
final class Rehearsal {
    /** Nothing answers here; clients are made and closed without waiting for anybody. */
    private static final String NOBODY = "127.0.0.1:1";

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "light" -> light();
            case "heavy" -> heavy();
            default -> throw new IllegalArgumentException("no such rehearsal: " + arguments[0]);
        }
    }

    private static void light() {
        RetconCommand.run(Retcon.verbs(), "--help");
        RetconCommand.run(Retcon.verbs(), "status", "--help");
        var cluster = new Cluster(NOBODY);
        cluster.admin().close();
        cluster.consumer().close();
        cluster.producer().close();
    }

    private static void heavy() {
        try (var scratch = ScratchFolder.create("retcon-rehearsal");
                var data = DataFolder.claim(scratch.path())) {
            Stack.embedded(data, 0, 4, Retcon.components(), part -> {}).close();
        }
    }
}

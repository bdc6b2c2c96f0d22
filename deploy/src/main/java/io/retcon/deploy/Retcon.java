package io.retcon.deploy;

import io.retcon.deploy.cli.RetconCommand;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.up.UpCommand;

import java.util.List;

/** Where the command begins, and the one place that lists its verbs and the stack's components. */
public final class Retcon {
    private Retcon() {}

    public static void main(String[] arguments) {
        System.exit(RetconCommand.run(verbs(), arguments));
    }

    static List<Object> verbs() {
        return List.of(new UpCommand(components()));
    }

    static List<Component> components() {
        return List.of();
    }
}

package io.retcon.deploy.cli;

import static java.util.Objects.requireNonNull;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

import java.util.function.Supplier;

/**
 * A verb of the command: its class, which has {@link Command}, and how to make the object that
 * carries it out.
 */
public record Verb<T>(Class<T> type, Supplier<T> maker) {
    public Verb {
        requireNonNull(maker, "maker is null");
        if (!type.isAnnotationPresent(Command.class)) {
            throw new IllegalArgumentException(type.getName() + " is no command");
        }
    }

    String name() {
        return annotation().name();
    }

    /** With every option and everything under it; this takes milliseconds. */
    CommandSpec whole() {
        return CommandSpec.forAnnotatedObject(maker.get());
    }

    /** The name and the description alone, as the command's help lists them. */
    CommandSpec outline() {
        var outline = CommandSpec.create().name(name());
        outline.usageMessage().description(annotation().description());
        return outline;
    }

    private Command annotation() {
        return type.getAnnotation(Command.class);
    }
}

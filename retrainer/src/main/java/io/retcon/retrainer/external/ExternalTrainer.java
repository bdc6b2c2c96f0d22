package io.retcon.retrainer.external;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program that the operator lets specs train with. Its texts may name, in braces, what {@link
 * Places} lists: {@code {checkpoint}}, {@code {history}}, {@code {config}}, {@code {out}} …
 *
 * @param name by which specs ask for it
 * @param command the program and its arguments
 * @param timeout of one attempt
 * @param retries how often a failed attempt is followed by another one
 * @param config the run's own OLMo config, on which {@code {config}} is built; absent where it lies
 *     beside the checkpoint as config.yaml
 * @param loadPath what that config's load_path says; absent for the checkpoint's folder
 */
public record ExternalTrainer(
        String name,
        List<String> command,
        Duration timeout,
        int retries,
        Optional<Path> config,
        Optional<String> loadPath) {
    public ExternalTrainer {
        requireNonNull(name, "name is null");
        command = List.copyOf(command);
        requireNonNull(timeout, "timeout is null");
        requireNonNull(config, "config is null");
        requireNonNull(loadPath, "loadPath is null");
        if (command.isEmpty() || retries < 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "trainer %s: %s, %s, %d retries".formatted(name, command, timeout, retries));
        }
    }

    /** Whether the command wants OLMo's config. */
    boolean wantsConfig() {
        return command.stream().anyMatch(text -> Places.in(text).contains(Places.CONFIG));
    }

    List<String> commandLine(Places places) {
        return command.stream().map(places::put).toList();
    }
}

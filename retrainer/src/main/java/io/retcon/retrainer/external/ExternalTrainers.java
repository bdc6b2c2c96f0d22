package io.retcon.retrainer.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The programs that an operator lets specs train with: a YAML file of names, each with {@code
 * command} (a list), and where wanted {@code timeout} (90s, 30m, 24h; a day), {@code retries} (0),
 * {@code config} and {@code load_path}.
 */
public final class ExternalTrainers {
    private static final Duration TIMEOUT = Duration.ofDays(1);
    private static final int MOST_RETRIES = 100;
    private static final Set<String> KEYS =
            Set.of("command", "timeout", "retries", "config", "load_path");
    private static final Pattern PERIOD = Pattern.compile("([1-9]\\d{0,8})([smh])");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SequencedMap<String, ExternalTrainer> byName;

    private ExternalTrainers(SequencedMap<String, ExternalTrainer> byName) {
        this.byName = byName;
    }

    /**
     * @throws RefusedInput if the file can't be read or understood
     */
    public static ExternalTrainers read(Path file) {
        try {
            return parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new RefusedInput("%s: no readable file of trainers".formatted(file), e);
        }
    }

    /** {@code file} names the text in refusals; what the text names lies beside it. */
    static ExternalTrainers parse(String yaml, Path file) {
        JsonNode tree;
        try {
            tree =
                    MAPPER.valueToTree(
                            new Load(LoadSettings.builder().build()).loadFromString(yaml));
        } catch (YamlEngineException e) {
            throw new RefusedInput(
                    "%s: not YAML: %s".formatted(file, e.getMessage().strip().replace('\n', ' ')),
                    e);
        }
        if (tree == null || !tree.isObject() || tree.isEmpty()) {
            throw new RefusedInput(
                    "%s: it names no trainer: write 'name: { command: [program, …] }'"
                            .formatted(file));
        }
        var byName = new LinkedHashMap<String, ExternalTrainer>();
        for (var entry : tree.properties()) {
            byName.put(entry.getKey(), new Reading(file, entry.getKey()).trainer(entry.getValue()));
        }
        return new ExternalTrainers(byName);
    }

    /** One entry of the file. */
    private record Reading(Path file, String name) {
        ExternalTrainer trainer(JsonNode entry) {
            if (!NAME.matcher(name).matches()) {
                throw refusal("a name has letters, digits, '.', '_' and '-'");
            }
            if (!entry.isObject()) {
                throw refusal("'command' is missing");
            }
            entry.fieldNames()
                    .forEachRemaining(
                            key -> {
                                if (!KEYS.contains(key)) {
                                    throw refusal(
                                            "'%s' is none of %s"
                                                    .formatted(
                                                            key, KEYS.stream().sorted().toList()));
                                }
                            });
            return new ExternalTrainer(
                    name,
                    command(entry.path("command")),
                    timeout(entry.path("timeout")),
                    retries(entry.path("retries")),
                    text(entry, "config").map(config -> file.resolveSibling(config)),
                    text(entry, "load_path").map(this::checked));
        }

        private List<String> command(JsonNode words) {
            var command = new ArrayList<String>();
            words.forEach(word -> command.add(checked(word.asText())));
            if (!words.isArray() || command.isEmpty()) {
                throw refusal("'command' must be a list: the program, then its arguments");
            }
            return command;
        }

        private String checked(String text) {
            for (var place : Places.in(text)) {
                if (!Places.NAMES.contains(place)) {
                    throw refusal("{%s} is none of %s".formatted(place, Places.NAMES));
                }
            }
            return text;
        }

        private Duration timeout(JsonNode value) {
            if (value.isMissingNode()) {
                return TIMEOUT;
            }
            var period = PERIOD.matcher(value.asText());
            if (!period.matches()) {
                throw refusal("'timeout' is '%s': say 90s, 30m or 24h".formatted(value.asText()));
            }
            long count = Long.parseLong(period.group(1));
            return switch (period.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }

        private int retries(JsonNode value) {
            if (value.isMissingNode()) {
                return 0;
            }
            if (!value.isInt() || value.intValue() < 0 || value.intValue() > MOST_RETRIES) {
                throw refusal("'retries' is %s: say 0 to %d".formatted(value, MOST_RETRIES));
            }
            return value.intValue();
        }

        private Optional<String> text(JsonNode entry, String key) {
            return entry.hasNonNull(key) ? Optional.of(entry.get(key).asText()) : Optional.empty();
        }

        private RefusedInput refusal(String what) {
            return new RefusedInput("%s: trainer '%s': %s".formatted(file, name, what));
        }
    }

    /**
     * The one that a spec's command names, by its name alone or word for word.
     *
     * @throws RefusedInput if the operator lets specs use none of that kind
     */
    public ExternalTrainer of(List<String> command) {
        if (command.size() == 1 && byName.containsKey(command.getFirst())) {
            return byName.get(command.getFirst());
        }
        return byName.values().stream()
                .filter(trainer -> trainer.command().equals(command))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "the operator allows no trainer %s: say one of %s"
                                                .formatted(command, byName.keySet())));
    }
}

package io.retcon.deploy.cli;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.RegistrySchemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file says of how to reach a Kafka cluster: ordinary client properties ({@code
 * security.protocol}, {@code sasl.*}, {@code ssl.*}, {@code config.providers} …), and where its
 * schema registry is.
 */
final class ClientProperties {
    private static final Set<String> KAFKA = AdminClientConfig.configNames();

    private record Line(int number, String value) {}

    private final Path file;
    private final SequencedMap<String, Line> lines = new LinkedHashMap<>();

    private ClientProperties(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /**
     * @throws RefusedInput if the file can't be read, or no client can be made of what it says
     */
    static Map<String, String> read(Path file) {
        var properties = new ClientProperties(file);
        properties.readLines();
        properties.lines.keySet().forEach(properties::check);
        properties.tryOut();
        return Collections.unmodifiableMap(properties.values());
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        lines.forEach((key, line) -> values.put(key, line.value()));
        return values;
    }

    /** A line that ends in an odd number of backslashes goes on in the next one. */
    private void readLines() {
        var logical = new StringBuilder();
        int number = 0;
        int first = 1;
        for (var line : content().lines().toList()) {
            number++;
            logical.append(line);
            if (goesOn(line)) {
                logical.append('\n');
                continue;
            }
            read(logical.toString(), first);
            logical.setLength(0);
            first = number + 1;
        }
        read(logical.toString(), first);
    }

    private String content() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new RefusedInput(
                    "%s can't be read: name a file of Kafka client properties with --client-properties"
                            .formatted(file),
                    e);
        }
    }

    private static boolean goesOn(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1 && !line.stripLeading().startsWith("#");
    }

    private void read(String line, int number) {
        var parsed = new Properties();
        try {
            parsed.load(new StringReader(line));
        } catch (IOException | IllegalArgumentException e) {
            throw refused(number, e.getMessage() + ": write key=value", e);
        }
        for (var key : parsed.stringPropertyNames()) {
            var value = parsed.getProperty(key);
            if (value.isBlank()) {
                throw refused(number, "'%s' has no value: write %s=…".formatted(key, key), null);
            }
            lines.put(key, new Line(number, value.strip()));
        }
    }

    private void check(String key) {
        boolean known =
                KAFKA.contains(key)
                        || RegistrySchemas.PROPERTIES.contains(key)
                        || key.startsWith("config.providers.");
        if (!known) {
            throw refused(
                    lines.get(key).number(),
                    "'%s' is no property that all Kafka clients have%s"
                            .formatted(key, new KnownWords(properties()).mend(key)),
                    null);
        }
        checkFile(key, lines.get(key));
    }

    private static Set<String> properties() {
        var names = new TreeSet<>(KAFKA);
        names.addAll(RegistrySchemas.PROPERTIES);
        return names;
    }

    /** Kafka would say so in its log, with a stack trace. */
    private void checkFile(String key, Line line) {
        boolean fixed = key.endsWith(".location") && !line.value().contains("${");
        if (fixed && !Files.isReadable(Path.of(line.value()))) {
            throw refused(
                    line.number(),
                    "%s can't be read: name the file with %s".formatted(line.value(), key),
                    null);
        }
    }

    /** Making a client finds every bad value, store and login, and asks nobody yet. */
    private void tryOut() {
        var properties = new HashMap<String, Object>(values());
        RegistrySchemas.PROPERTIES.forEach(properties::remove);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        try {
            Admin.create(properties).close();
        } catch (KafkaException | IllegalArgumentException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw refused(culprit(e), said(cause) + ": mend it", e);
        }
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().lines().findFirst().orElse("").replaceAll("[.:]$", "");
    }

    /** The line that a failure names by its key or its value, or 0. */
    private int culprit(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            for (var line : lines.entrySet()) {
                var value = line.getValue().value();
                boolean named = message.contains(line.getKey());
                boolean quoted = value.length() > 4 && message.contains(value);
                boolean login = message.contains("JAAS") && line.getKey().contains("jaas");
                if (named || quoted || login) {
                    return line.getValue().number();
                }
            }
        }
        return 0;
    }

    private RefusedInput refused(int number, String why, Exception cause) {
        return new RefusedInput(
                "%s%s: %s".formatted(file, number > 0 ? ", line " + number : "", why), cause);
    }
}

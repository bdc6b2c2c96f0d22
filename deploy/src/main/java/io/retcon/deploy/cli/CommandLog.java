package io.retcon.deploy.cli;

import io.retcon.deploy.log.JsonLoggers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Where the log goes: to standard error, problems alone, until a verb names a folder for it; with
 * RETCON_LOG=json all of it to standard error, an object a line.
 */
public final class CommandLog {
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String FILE = "retcon.log";
    private static final Path STANDARD_ERROR = Path.of("/dev/stderr");

    /** At INFO Kafka would write 7,000 lines a start, most of them its clients' settings. */
    private static final Map<String, String> LEVELS =
            Map.of(
                    "defaultLogLevel", "info",
                    "log.org.apache.kafka", "warn",
                    "log.kafka", "warn",
                    // Each refused record is in retcon.rejects: its stack trace says no more.
                    "log.org.apache.kafka.streams.processor.internals.RecordDeserializer", "error",
                    "log.org.apache.kafka.streams.KafkaStreams", "info");

    private CommandLog() {}

    /**
     * Sends the whole log to {@code retcon.log} in {@code folder}, the last run's being kept beside
     * it. Has an effect only before anything has been logged.
     */
    public static Path writeTo(Path folder) {
        if (JsonLoggers.isAsked()) {
            JsonLoggers.install();
            return STANDARD_ERROR;
        }
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(FILE + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new IllegalStateException("%s can't be written: %s".formatted(file, e), e);
        }
        System.setProperty(PREFIX + "logFile", file.toString());
        LEVELS.forEach((logger, level) -> System.setProperty(PREFIX + logger, level));
        return file;
    }
}

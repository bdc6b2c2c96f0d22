package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.cli.Json;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.JsonLine;
import io.retcon.schemas.json.JsonLines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bank on disk: its origin on the first line and a retraining on each line after it, in the order
 * in which they were done; plain or, to be read alone, gzipped. A line that a killed process left
 * unfinished is cut off and done again. Appending is thread-safe.
 */
final class BankFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of an origin and of a retraining. */
    private static final Set<String> FIELDS =
            Stream.of(BankOrigin.class, Replicate.class)
                    .flatMap(type -> Stream.of(type.getRecordComponents()))
                    .map(RecordComponent::getName)
                    .collect(Collectors.toUnmodifiableSet());

    private final Path file;

    BankFile(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** All that it holds. */
    Bank read() {
        return found().orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s holds no bank: its first line, which says what the retrainings are of, is missing"
                                                .formatted(file)));
    }

    /**
     * Makes the file, or goes on with the one that is there.
     *
     * @throws RefusedInput if that is a bank of another origin
     */
    Bank open(BankOrigin origin) {
        if (Files.exists(file)) {
            cutUnfinishedLine();
        }
        var found = Files.exists(file) ? found() : Optional.<Bank>empty();
        if (found.isEmpty()) {
            append(origin);
            return new Bank(origin, List.of());
        }
        if (!found.get().origin().equals(origin)) {
            throw new RefusedInput(
                    "%s is a bank of other retrainings (world, checkpoint, arms, items or threads differ): name another file"
                            .formatted(file));
        }
        return found.get();
    }

    void append(Replicate replicate) {
        append((Object) replicate);
    }

    private synchronized void append(Object line) {
        try {
            Files.writeString(
                    file,
                    Json.line(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Bank> found() {
        var lines = new ArrayList<JsonLine>();
        new JsonLines(file, FIELDS).read(line -> line, lines::add, BankFile::refuse);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var origin = parse(lines.getFirst(), BankOrigin.class);
        var replicates = new ArrayList<Replicate>();
        for (var line : lines.subList(1, lines.size())) {
            replicates.add(parse(line, Replicate.class));
        }
        return Optional.of(new Bank(origin, replicates));
    }

    private static <T> T parse(JsonLine line, Class<T> type) {
        try {
            return JSON.treeToValue(line.object(), type);
        } catch (JsonProcessingException e) {
            throw new RefusedInput(
                    "%s is none of a bank's: %s".formatted(line.place(), e.getOriginalMessage()),
                    e);
        }
    }

    private static void refuse(RefusedInput refused) {
        throw refused;
    }

    private void cutUnfinishedLine() {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = Files.readAllBytes(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            channel.truncate(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

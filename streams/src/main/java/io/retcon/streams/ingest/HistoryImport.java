package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Files in, a run's history out. */
public final class HistoryImport {
    private final Cluster cluster;
    private final HistoryShape shape;
    private final TokenType headerless;

    /**
     * @param headerless how token files without a header store a token
     */
    public HistoryImport(Cluster cluster, HistoryShape shape, TokenType headerless) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.shape = requireNonNull(shape, "shape is null");
        this.headerless = requireNonNull(headerless, "headerless is null");
    }

    /**
     * Reads the files in order, as one history. {@code .jsonl} and {@code .json}, plain or {@code
     * .gz}, are documents; {@code .npy} and anything else hold tokens.
     *
     * @param refused gets each malformed line; it may throw to stop at the first
     * @param progress gets the number of steps so far, after each sequence
     */
    public RunManifest run(
            List<Path> files, Consumer<RefusedInput> refused, LongConsumer progress) {
        try (var sink = new HistorySink(cluster, shape)) {
            Consumer<PackedSequence> sequences =
                    sequence -> {
                        sink.add(sequence);
                        progress.accept(sink.steps());
                    };
            var packer = new SequencePacker(shape.tokensPerSequence(), shape.eos(), sequences);
            long global = 0;
            for (var file : files) {
                if (isText(file)) {
                    addText(file, packer, refused);
                } else {
                    global = addTokens(file, global, sequences);
                }
            }
            return sink.finish();
        }
    }

    private void addText(Path file, SequencePacker packer, Consumer<RefusedInput> refused) {
        var tokenizer =
                shape.tokenizer()
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "%s holds text: give --tokenizer tokenizer.json"
                                                        .formatted(file)));
        new DocumentFile(file)
                .read(
                        document -> encoded(document, tokenizer),
                        document -> packer.add(document.id(), document.tokens()),
                        refused);
    }

    private record Encoded(String id, int[] tokens) {}

    private static Encoded encoded(Document document, Tokenizer tokenizer) {
        try {
            return new Encoded(document.id(), tokenizer.encode(document.text()));
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "document '%s': %s".formatted(document.id(), e.getMessage()),
                    e);
        }
    }

    private long addTokens(Path path, long first, Consumer<PackedSequence> sink) {
        var cutter = new TokenSequences(shape);
        try (var file = open(path)) {
            long count = cutter.count(file, path.toString());
            for (long i = 0; i < count; i++) {
                sink.accept(cutter.sequence(file, i, first + i));
            }
            return first + count;
        }
    }

    private TokenFile open(Path path) {
        return path.toString().endsWith(".npy")
                ? TokenFile.openNpy(path)
                : TokenFile.openHeaderless(path, headerless);
    }

    private static boolean isText(Path file) {
        var name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        return name.endsWith(".jsonl") || name.endsWith(".json");
    }
}

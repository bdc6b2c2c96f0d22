package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Files in, a run's history out. */
public final class HistoryImport {
    private final Cluster cluster;
    private final HistoryShape shape;
    private final Optional<TokenType> headerless;

    /**
     * @param headerless how token files without a header store a token; they are refused without
     */
    public HistoryImport(Cluster cluster, HistoryShape shape, Optional<TokenType> headerless) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.shape = requireNonNull(shape, "shape is null");
        this.headerless = requireNonNull(headerless, "headerless is null");
    }

    /**
     * Reads the files in order, as one history. What a file is, its first bytes say: JSON lines,
     * plain or packed with gzip or zstd, are documents; npy and headerless files hold tokens.
     * Nothing is published before the first bytes of all of them were seen.
     *
     * @param refused gets each malformed line; it may throw to stop at the first
     * @param progress gets the number of steps so far, after each sequence
     * @throws RefusedInput if a file is none of these, or files of text and of tokens are mixed
     */
    public ImportedHistory run(
            List<Path> files, Consumer<RefusedInput> refused, LongConsumer progress) {
        var opened = new ArrayList<HistoryFile>();
        try {
            for (var file : files) {
                opened.add(HistoryFile.open(file, shape, headerless));
            }
            requireOneKind(opened);
            return publish(opened, refused, progress);
        } finally {
            opened.forEach(HistoryFile::close);
        }
    }

    private static void requireOneKind(List<HistoryFile> files) {
        var filled = files.stream().filter(f -> !(f instanceof HistoryFile.Empty)).toList();
        for (var file : filled) {
            if (!file.getClass().equals(filled.getFirst().getClass())) {
                throw new RefusedInput(
                        "%s and %s are not both text or both tokens: import files of one kind as a run"
                                .formatted(filled.getFirst().path(), file.path()));
            }
        }
    }

    private ImportedHistory publish(
            List<HistoryFile> files, Consumer<RefusedInput> refused, LongConsumer progress) {
        var caveats = new HistoryCaveats(shape);
        try (var sink = new HistorySink(cluster, shape)) {
            Consumer<PackedSequence> sequences =
                    sequence -> {
                        caveats.add(sequence);
                        sink.add(sequence);
                        progress.accept(sink.steps());
                    };
            var packer =
                    new SequencePacker(
                            shape.tokensPerSequence(),
                            shape.eos(),
                            sequences.andThen(caveats::named));
            long global = 0;
            for (var file : files) {
                switch (file) {
                    case HistoryFile.Empty(var path) -> caveats.empty(path);
                    case HistoryFile.Text(var path) -> addText(path, packer, refused);
                    case HistoryFile.Tokens(var tokens) ->
                            global = addTokens(tokens, global, sequences, caveats);
                }
            }
            caveats.leftOver(packer.dropped());
            return new ImportedHistory(sink.finish(), caveats.all(sink.unfinished()));
        }
    }

    private void addText(Path file, SequencePacker packer, Consumer<RefusedInput> refused) {
        var tokenizer = shape.tokenizer().orElseThrow();
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
                    "document '%s': %s".formatted(document.id(), e.getMessage()), e);
        }
    }

    private long addTokens(
            TokenFile file,
            long first,
            Consumer<PackedSequence> sequences,
            HistoryCaveats caveats) {
        var cutter = new TokenSequences(shape);
        long count = cutter.count(file, first);
        for (long i = 0; i < count; i++) {
            sequences.accept(cutter.sequence(file, i, first + i));
        }
        caveats.leftOver(file.size() - count * shape.tokensPerSequence());
        return first + count;
    }
}

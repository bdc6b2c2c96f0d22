package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.file.PlainFile;
import io.retcon.schemas.tokenizer.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Texts to vectors by a folder's pair of models, see {@link io.retcon.indexer.dense}. Thread-safe.
 *
 * <p>Every text is read alone, on one thread; several texts are read at once. Texts padded to one
 * length and read together could get vectors that depend, in the last bits, on what they are read
 * with, as kernels are chosen by size; so a text's vector depends on nothing but the text. It is no
 * slower: in eights of about 256 tokens MiniLM took a third longer on one core, for the padding. A
 * text without any token has the zero vector. Tokens come from the tokenizer's own process, some
 * texts at a time.
 */
public final class Encoder implements AutoCloseable {
    /** Longer vectors' inner products could leave the range of float. */
    private static final double LONGEST = 1e18;

    /** Texts whose tokens are asked for at once. */
    private static final int TOGETHER = 16;

    /** Characters of a text by which a message names it. */
    private static final int NAMED = 60;

    private final Path folder;
    private final EncoderSettings settings;
    private final String sha256;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Side question;
    private final Side document;
    private final int dimension;
    private final ExecutorService workers;

    /** What reads one kind of text. */
    private record Side(String prefix, EncoderTokenizer tokenizer, EncoderModel model) {
        List<Outcome<long[]>> ids(List<String> texts) {
            return tokenizer.ids(texts.stream().map(prefix::concat).toList());
        }
    }

    /**
     * Opens the models and tries both.
     *
     * @param threads texts read at once
     * @throws RefusedInput naming the file that is missing or wrong
     */
    public Encoder(Path folder, int threads) {
        this.folder = requireNonNull(folder, "folder is null");
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
        if (!Files.isDirectory(folder)) {
            throw new RefusedInput(
                    "encoder %s is no folder: give one with %s, question.onnx and tokenizer.json"
                            .formatted(folder, EncoderSettings.FILE));
        }
        settings = EncoderSettings.read(folder);
        sha256 = sha256(folder);
        try {
            var tokenizer = tokenizer("tokenizer.json");
            var model = model("question.onnx");
            question =
                    new Side(
                            settings.questionPrefix(),
                            isThere("question-tokenizer.json")
                                    ? tokenizer("question-tokenizer.json")
                                    : tokenizer,
                            model);
            document =
                    new Side(
                            settings.documentPrefix(),
                            tokenizer,
                            isThere("document.onnx") ? model("document.onnx") : model);
            dimension = commonDimension();
        } catch (RuntimeException e) {
            closeOpened();
            throw e;
        }
        workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("encoder-", 0).factory());
    }

    /** Components of every vector. */
    public int dimension() {
        return dimension;
    }

    /** Of the names and contents of all files in the folder: the encoder's identity. */
    public String sha256() {
        return sha256;
    }

    /**
     * The vector of one question.
     *
     * @throws RefusedInput if the tokenizer cannot take it or the models give no numbers for it
     */
    public float[] question(String text) {
        return questions(List.of(text)).getFirst().orThrow();
    }

    /**
     * The vectors of questions, in their order; one that the tokenizer cannot take is refused
     * alone.
     *
     * @throws RefusedInput if the models give no numbers for one
     */
    public List<Outcome<float[]>> questions(List<String> texts) {
        return vectors(question, texts);
    }

    /**
     * The vectors of documents, in their order, as of {@link #questions}.
     *
     * @param texts in UTF-8; what is broken in it is read as U+FFFD
     * @throws RefusedInput if the models give no numbers for one
     */
    public List<Outcome<float[]>> documents(List<byte[]> texts) {
        return vectors(
                document,
                texts.stream().map(text -> new String(text, StandardCharsets.UTF_8)).toList());
    }

    /** Some texts' tokens are asked for while the vectors of those before them are made. */
    private List<Outcome<float[]>> vectors(Side side, List<String> texts) {
        var begun = new ArrayList<Future<Outcome<float[]>>>(texts.size());
        for (int from = 0; from < texts.size(); from += TOGETHER) {
            var some = texts.subList(from, Math.min(from + TOGETHER, texts.size()));
            var tokens = side.ids(some);
            for (int i = 0; i < some.size(); i++) {
                var named = named(some.get(i), tokens.get(i));
                begun.add(workers.submit(() -> named.map(ids -> vector(side, ids))));
            }
        }
        var vectors = new ArrayList<Outcome<float[]>>(texts.size());
        try {
            for (var vector : begun) {
                vectors.add(vector.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while texts were encoded", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedInput refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
        return vectors;
    }

    private <T> Outcome<T> named(String text, Outcome<T> outcome) {
        if (!(outcome instanceof Outcome.Refused<T>(String reason))) {
            return outcome;
        }
        var beginning = text.length() <= NAMED ? text : text.substring(0, NAMED) + "…";
        return new Outcome.Refused<>(
                "encoder %s cannot read the text '%s' (%s)".formatted(folder, beginning, reason));
    }

    private float[] vector(Side side, long[] ids) {
        if (ids.length == 0) {
            return new float[dimension];
        }
        var vector = side.model().vector(ids);
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double length = Math.sqrt(squares);
        if (!(length <= LONGEST)) {
            throw new RefusedInput(
                    "encoder %s gives a text a vector of length %s: give one whose vectors are finite and below %.0e"
                            .formatted(folder, length, LONGEST));
        }
        if (settings.normalize() && length > 0) {
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) (vector[d] / length);
            }
        }
        return vector;
    }

    private int commonDimension() {
        int ofQuestions = probe(question);
        int ofDocuments = probe(document);
        if (ofQuestions != ofDocuments) {
            throw new RefusedInput(
                    "question.onnx of encoder %s gives %d numbers and document.onnx %d: give a pair that was trained together"
                            .formatted(folder, ofQuestions, ofDocuments));
        }
        return ofQuestions;
    }

    private static int probe(Side side) {
        long[] ids = side.ids(List.of("")).getFirst().orThrow();
        return side.model().vector(ids.length == 0 ? new long[1] : ids).length;
    }

    private boolean isThere(String file) {
        return new PlainFile(folder.resolve(file)).isThere();
    }

    private EncoderTokenizer tokenizer(String file) {
        var tokenizer = new EncoderTokenizer(folder.resolve(file), settings.maximumTokens());
        opened.add(tokenizer);
        return tokenizer;
    }

    private EncoderModel model(String file) {
        var model = new EncoderModel(folder.resolve(file), settings.pooling(), settings.output());
        opened.add(model);
        return model;
    }

    private static String sha256(Path folder) {
        var sha = new Sha256();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                sha.update(file.getFileName() + "\n" + Sha256.ofFile(file) + "\n");
            }
        } catch (IOException e) {
            throw new RefusedInput(
                    "encoder %s cannot be read: check who may read it".formatted(folder), e);
        }
        return sha.hex();
    }

    private void closeOpened() {
        for (var resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing encoder " + folder, e);
            }
        }
    }

    @Override
    public void close() {
        workers.close();
        closeOpened();
    }
}

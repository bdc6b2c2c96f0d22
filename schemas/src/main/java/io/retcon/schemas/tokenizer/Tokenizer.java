package io.retcon.schemas.tokenizer;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * A Hugging Face tokenizer.json: text to token ids and back, without special tokens added unless it
 * is a model's. Equal texts have equal tokens: dropout, sampling, truncation and padding of the
 * file are off. What the library cannot do, or dies of, is refused; nothing else is lost.
 * Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
    /** The longest text, as UTF-8. */
    public static final int MOST_BYTES = 16 << 20;

    private static final String MANIFEST = "the manifest's tokenizer";

    private static final Outcome<int[]> TOO_LONG =
            new Outcome.Refused<>(
                    "the text has more than %,d bytes: give it in parts".formatted(MOST_BYTES));

    private final byte[] json;
    private final String sha256;
    private final Framing framing;
    private final TokenIds ids;
    private final boolean verbatim;
    private final Codec codec;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Tokenizer(byte[] json, String origin, Framing framing) {
        this.json = requireNonNull(json, "json is null");
        this.sha256 = Sha256.of(json);
        this.framing = requireNonNull(framing, "framing is null");
        var file = TokenizerFile.of(json, origin, framing);
        this.ids = file.ids();
        this.verbatim = file.verbatim();
        this.codec =
                file.plain()
                        ? LibraryTokenizer.of(Frames.text(file.json()), origin)
                        : TokenizerProcess.shared(origin, file.json(), framing.specialTokens());
    }

    /**
     * @throws RefusedInput if it is no tokenizer.json that the library can read
     */
    public static Tokenizer ofFile(Path file) {
        return ofFile(file, Framing.NONE);
    }

    /**
     * One whose tokens are a model's input: with the special tokens that the file's post-processor
     * adds, and cut.
     *
     * @param mostTokens of a text, the special ones with it
     * @throws RefusedInput if it is no tokenizer.json that the library can read
     */
    public static Tokenizer ofModelsFile(Path file, int mostTokens) {
        return ofFile(file, Framing.ofModel(mostTokens));
    }

    private static Tokenizer ofFile(Path file, Framing framing) {
        try (var in = Files.newInputStream(file)) {
            var tokenizer =
                    new Tokenizer(
                            in.readNBytes(TokenizerFile.MOST_BYTES + 1), file.toString(), framing);
            tokenizer.codec.check();
            return tokenizer;
        } catch (IOException e) {
            throw new RefusedInput("tokenizer %s cannot be read".formatted(file), e);
        }
    }

    /**
     * The inverse of {@link #gzip}.
     *
     * @throws RefusedInput if it is no gzipped tokenizer.json
     */
    public static Tokenizer ofGzip(ByteBuffer gzipped) {
        return new Tokenizer(unzipped(gzipped), MANIFEST, Framing.NONE);
    }

    /**
     * A manifest's tokenizer.json, as the library would be given it.
     *
     * @throws RefusedInput if it is no gzipped tokenizer.json
     */
    public static byte[] json(ByteBuffer gzipped) {
        return TokenizerFile.of(unzipped(gzipped), MANIFEST, Framing.NONE).json();
    }

    private static byte[] unzipped(ByteBuffer gzipped) {
        var bytes = new byte[gzipped.remaining()];
        gzipped.duplicate().get(bytes);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(TokenizerFile.MOST_BYTES + 1);
        } catch (ZipException | EOFException e) {
            throw new RefusedInput(
                    "%s is damaged (%s): import the run again".formatted(MANIFEST, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokenizer.json, gzipped. */
    public ByteBuffer gzip() {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    public String sha256() {
        return sha256;
    }

    /**
     * @throws RefusedInput if the text has no tokens of this tokenizer, with the reason
     */
    public int[] encode(String text) {
        return encode(List.of(text)).getFirst().orThrow();
    }

    /** One outcome a text, in order. */
    public List<Outcome<int[]>> encode(List<String> texts) {
        var clean = texts.stream().map(WellFormed::of).toList();
        var encoded = codec.encode(clean.stream().map(t -> isTooLong(t) ? "" : t).toList());
        var outcomes = new ArrayList<Outcome<int[]>>();
        for (int i = 0; i < clean.size(); i++) {
            outcomes.add(
                    isTooLong(clean.get(i)) ? TOO_LONG : checked(clean.get(i), encoded.get(i)));
        }
        return outcomes;
    }

    private static boolean isTooLong(String text) {
        // A char is at most three bytes, and at least one.
        return text.length() > MOST_BYTES / 3
                && (text.length() > MOST_BYTES || Frames.text(text).length > MOST_BYTES);
    }

    private Outcome<int[]> checked(String text, Outcome<int[]> outcome) {
        if (!(outcome instanceof Outcome.Done<int[]>(int[] tokens))) {
            return outcome;
        }
        for (int token : tokens) {
            if (token < 0 || token >= ids.vocabulary()) {
                return refused("gives the token %d beyond its vocabulary".formatted(token));
            }
        }
        boolean lost =
                tokens.length == 0
                        && !framing.specialTokens()
                        && text.codePoints().anyMatch(Character::isLetterOrDigit);
        return lost ? refused("has no token for any of the text's characters") : outcome;
    }

    private static <T> Outcome<T> refused(String what) {
        return new Outcome.Refused<>(
                "the tokenizer %s: give the tokenizer.json that belongs to the model"
                        .formatted(what));
    }

    public String decode(int[] tokens) {
        return decode(List.<int[]>of(tokens)).getFirst();
    }

    /**
     * The texts of several token sequences.
     *
     * @throws RefusedInput if one has none
     */
    public List<String> decode(List<int[]> tokens) {
        return codec.decode(tokens).stream().map(Outcome::orThrow).toList();
    }

    /**
     * A text as its tokens have it: normalized, say, or in lower case.
     *
     * @throws RefusedInput if the text has no tokens of this tokenizer
     */
    public String asTokenized(String text) {
        return verbatim || text.isEmpty() ? WellFormed.of(text) : decode(encode(text));
    }

    /**
     * What to look for in tokenized texts for each term: the term {@link #asTokenized}; or, where
     * that leaves nothing of it or has an unknown token, which would be found for every other
     * unknown word too, or where it has no tokens, the term as it is.
     */
    public List<String> termsAsTokenized(List<String> terms) {
        var found = new ArrayList<>(terms.stream().map(WellFormed::of).toList());
        if (verbatim) {
            return found;
        }
        var places = new ArrayList<Integer>();
        var known = new ArrayList<int[]>();
        var encoded = encode(terms);
        for (int i = 0; i < terms.size(); i++) {
            if (encoded.get(i) instanceof Outcome.Done<int[]>(int[] tokens)
                    && IntStream.of(tokens).noneMatch(id -> id == ids.unknown().orElse(-1))) {
                places.add(i);
                known.add(tokens);
            }
        }
        var texts = decode(known);
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isBlank()) {
                found.set(places.get(i), texts.get(i));
            }
        }
        return found;
    }

    /** One more than the largest token id. */
    public int vocabulary() {
        return ids.vocabulary();
    }

    /**
     * The id of the token that ends a document, where the tokenizer has one of the usual names for
     * it.
     */
    public OptionalInt eos() {
        return ids.eos();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            codec.close();
        }
    }
}

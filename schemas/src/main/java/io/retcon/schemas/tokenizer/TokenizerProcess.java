package io.retcon.schemas.tokenizer;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tokenizer in a process of its own, started with the first text and again after a death. A text
 * of which the process dies twice is refused; all others have their tokens. Those who open the same
 * tokenizer share one process. Thread-safe.
 */
final class TokenizerProcess implements Codec {
    /** Bytes that a request has before it is sent. */
    private static final int REQUEST = 1 << 20;

    private static final Map<String, TokenizerProcess> SHARED = new HashMap<>();

    private final String name;
    private final String origin;
    private final byte[] json;
    private final boolean specialTokens;
    private Optional<RefusedInput> unreadable = Optional.empty();
    private Optional<TokenizerChild> child = Optional.empty();
    private int users;

    private TokenizerProcess(String name, String origin, byte[] json, boolean specialTokens) {
        this.name = requireNonNull(name, "name is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.json = requireNonNull(json, "json is null");
        this.specialTokens = specialTokens;
    }

    /**
     * @param origin what messages call it
     * @param json what the library is given of the tokenizer.json
     * @param specialTokens whether the tokenizer's own are added to each text
     */
    static TokenizerProcess shared(String origin, byte[] json, boolean specialTokens) {
        var sharedName = Sha256.of(json) + specialTokens;
        synchronized (SHARED) {
            var process =
                    SHARED.computeIfAbsent(
                            sharedName,
                            name -> new TokenizerProcess(name, origin, json, specialTokens));
            process.users++;
            return process;
        }
    }

    @Override
    public List<Outcome<int[]>> encode(List<String> texts) {
        var frames = texts.stream().map(Frames::text).toList();
        return ask(Frames.ENCODE, frames, Frames::tokens);
    }

    @Override
    public List<Outcome<String>> decode(List<int[]> tokens) {
        var frames = tokens.stream().map(Frames::tokens).toList();
        return ask(Frames.DECODE, frames, Frames::text);
    }

    private synchronized <T> List<Outcome<T>> ask(
            int operation, List<byte[]> frames, Function<byte[], T> read) {
        var outcomes = new ArrayList<Outcome<T>>();
        while (outcomes.size() < frames.size()) {
            var request = request(frames, outcomes.size());
            var answers = answers(operation, request);
            answers.forEach(answer -> outcomes.add(answer.map(read)));
            if (answers.size() < request.size()) {
                var last = List.of(request.get(answers.size()));
                var again = answers(operation, last);
                outcomes.add(again.isEmpty() ? died() : again.getFirst().map(read));
            }
        }
        return outcomes;
    }

    private static List<byte[]> request(List<byte[]> frames, int from) {
        int to = from;
        for (long bytes = 0; to < frames.size() && (to == from || bytes < REQUEST); to++) {
            bytes += frames.get(to).length;
        }
        return frames.subList(from, to);
    }

    /** As many answers as came before the process died. */
    private List<Outcome<byte[]>> answers(int operation, List<byte[]> request) {
        var answers = new ArrayList<Outcome<byte[]>>();
        try {
            open().ask(operation, request, answers::add);
        } catch (IOException died) {
            end();
        }
        return answers;
    }

    private static <T> Outcome<T> died() {
        return new Outcome.Refused<>(
                "the tokenizer's process ends on it, or takes longer than %d s (a fault of the tokenizers library): change the text, or use another tokenizer"
                        .formatted(TokenizerChild.PATIENCE.toSeconds()));
    }

    private TokenizerChild open() {
        if (users == 0) {
            throw new IllegalStateException("the tokenizer is closed");
        }
        unreadable.ifPresent(
                refusal -> {
                    throw refusal;
                });
        if (child.isEmpty()) {
            try {
                child = Optional.of(TokenizerChild.start(json, specialTokens, origin));
            } catch (RefusedInput e) {
                unreadable = Optional.of(e);
                throw e;
            }
        }
        return child.get();
    }

    @Override
    public synchronized void check() {
        open();
    }

    private void end() {
        child.ifPresent(TokenizerChild::close);
        child = Optional.empty();
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            if (--users > 0) {
                return;
            }
            SHARED.remove(name);
        }
        synchronized (this) {
            end();
        }
    }
}

package io.retcon.schemas.tokenizer;

import static ai.djl.huggingface.tokenizers.jni.TokenizersLibrary.LIB;

import ai.djl.huggingface.tokenizers.jni.LibUtils;

import io.retcon.schemas.RefusedInput;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A tokenizer in this process. What panics in it ends the process. Thread-safe. */
final class LibraryTokenizer implements Codec {
    static {
        // The library would otherwise report its use to its makers and look for newer versions.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private final boolean specialTokens;
    private long handle;

    /**
     * @param specialTokens whether the tokenizer's own are added to each text
     * @throws RuntimeException in the library's words if it cannot read it
     */
    LibraryTokenizer(String json, boolean specialTokens) {
        this.specialTokens = specialTokens;
        LibUtils.checkStatus();
        handle = LIB.createTokenizerFromString(json);
    }

    /**
     * @param origin what messages call it
     * @throws RefusedInput if the library cannot read it, in its words
     */
    static LibraryTokenizer of(String json, String origin) {
        try {
            return new LibraryTokenizer(json, false);
        } catch (RuntimeException e) {
            throw unreadable(origin, e.getMessage());
        }
    }

    static RefusedInput unreadable(String origin, String why) {
        return new RefusedInput(
                "%s is not a tokenizer.json that can be read (%s): give the file that the tokenizers library saves"
                        .formatted(origin, why));
    }

    @Override
    public void check() {
        // It was read when it was made.
    }

    @Override
    public List<Outcome<int[]>> encode(List<String> texts) {
        return texts.stream().map(this::encode).toList();
    }

    Outcome<int[]> encode(String text) {
        return inUse(
                () -> {
                    long encoding = LIB.encode(handle, text, specialTokens);
                    try {
                        return Arrays.stream(LIB.getTokenIds(encoding))
                                .mapToInt(Math::toIntExact)
                                .toArray();
                    } finally {
                        LIB.deleteEncoding(encoding);
                    }
                });
    }

    @Override
    public List<Outcome<String>> decode(List<int[]> tokens) {
        return tokens.stream().map(this::decode).toList();
    }

    Outcome<String> decode(int[] tokens) {
        return inUse(
                () -> LIB.decode(handle, Arrays.stream(tokens).asLongStream().toArray(), false));
    }

    private <T> Outcome<T> inUse(Supplier<T> work) {
        Lock lock = open.readLock();
        lock.lock();
        try {
            if (handle == 0) {
                throw new IllegalStateException("the tokenizer is closed");
            }
            return run(work);
        } finally {
            lock.unlock();
        }
    }

    private static <T> Outcome<T> run(Supplier<T> work) {
        try {
            return new Outcome.Done<>(work.get());
        } catch (RuntimeException e) {
            return new Outcome.Refused<>(
                    "the tokenizer cannot take it (%s): change the text, or use a tokenizer that knows it"
                            .formatted(String.valueOf(e.getMessage()).strip()));
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (handle != 0) {
                LIB.deleteTokenizer(handle);
                handle = 0;
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}

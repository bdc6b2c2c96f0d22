package io.retcon.schemas.tokenizer;

import io.retcon.schemas.RefusedInput;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JVM that runs {@link TokenizerWorker}. Not thread-safe. */
final class TokenizerChild implements AutoCloseable {
    /** The most that one text may take; a slow machine encodes the longest allowed in a fifth. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    /** A light JVM whose own crash is written nowhere, and which leaves at once without memory. */
    private static final List<String> OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx768m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-XX:+DisplayVMOutputToStderr");

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private volatile long askedAt = System.nanoTime();
    private volatile boolean idle;

    private TokenizerChild(Process process) {
        this.process = process;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /**
     * Returns when it has read the tokenizer.
     *
     * @param specialTokens whether the tokenizer's own are added to each text
     * @param origin what messages call it
     * @throws RefusedInput if the library can't, in its words
     */
    static TokenizerChild start(byte[] json, boolean specialTokens, String origin) {
        TokenizerChild child;
        try {
            child = new TokenizerChild(builder().start());
        } catch (IOException e) {
            throw new UncheckedIOException("a process for the tokenizer cannot be started", e);
        }
        Thread.ofPlatform().name("tokenizer-watch").daemon().start(child::watch);
        child.read(json, specialTokens, origin);
        return child;
    }

    private static ProcessBuilder builder() {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(OPTIONS);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenizerWorker.class.getName()));
        return new ProcessBuilder(command);
    }

    private void read(byte[] json, boolean specialTokens, String origin) {
        try {
            out.writeBoolean(specialTokens);
            Frames.write(out, json);
            out.flush();
            if (in.readByte() == Frames.REFUSED) {
                var reason = Frames.text(Frames.read(in));
                close();
                throw LibraryTokenizer.unreadable(origin, reason.strip());
            }
            Frames.read(in);
            idle = true;
        } catch (IOException died) {
            throw LibraryTokenizer.unreadable(
                    origin, "the library ends on it (%s)".formatted(lastWords()));
        }
    }

    private String lastWords() {
        try (var err = process.errorReader()) {
            process.waitFor();
            return err.lines().filter(line -> !line.isBlank()).findFirst().orElse("in silence");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /**
     * Gives one answer for each frame, in order.
     *
     * @throws IOException if the process ended before it gave all
     */
    void ask(int operation, List<byte[]> frames, Consumer<Outcome<byte[]>> answers)
            throws IOException {
        askedAt = System.nanoTime();
        idle = false;
        out.writeByte(operation);
        out.writeInt(frames.size());
        for (var frame : frames) {
            Frames.write(out, frame);
        }
        out.flush();
        for (int i = 0; i < frames.size(); i++) {
            boolean done = in.readByte() == Frames.DONE;
            var frame = Frames.read(in);
            askedAt = System.nanoTime();
            answers.accept(
                    done ? new Outcome.Done<>(frame) : new Outcome.Refused<>(Frames.text(frame)));
        }
        idle = true;
    }

    /** Ends a process that takes too long. */
    private void watch() {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (!idle && System.nanoTime() - askedAt > PATIENCE.toNanos()) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

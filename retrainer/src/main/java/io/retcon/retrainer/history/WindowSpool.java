package io.retcon.retrainer.history;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;

/**
 * A window's token ids in a file, and beside it which of them the loss ignores, so that its steps
 * can be trained on in any order.
 */
public final class WindowSpool implements AutoCloseable {
    private final FileChannel channel;
    private final Window window;
    private final int sequences;
    private final int tokens;
    private final TokenWidth width;
    private final SpooledMasks masks;

    private WindowSpool(Path file, Window window, RunManifest manifest) throws IOException {
        this.masks = SpooledMasks.read(SpooledMasks.fileOf(file));
        this.channel = FileChannel.open(file);
        this.window = window;
        this.sequences = manifest.getSequencesPerStep();
        this.tokens = manifest.getTokensPerSequence();
        this.width = manifest.getWidth();
    }

    /** Copies a whole window to {@code file}, which appears whole or not at all. */
    public static void write(Path file, StepReader steps, Window window, RunManifest manifest) {
        var masked = new TreeMap<Long, List<StepTokens.Masked>>();
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                for (long step = window.from(); step < window.to(); step++) {
                    var tokens = steps.next();
                    for (int[] sequence : tokens.sequences()) {
                        out.write(PackedTokens.pack(sequence, manifest.getWidth()).array());
                    }
                    if (!tokens.masked().isEmpty()) {
                        masked.put(step, tokens.masked());
                    }
                }
            }
            steps.finish();
            SpooledMasks.write(SpooledMasks.fileOf(file), masked);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static WindowSpool open(Path file, Window window, RunManifest manifest) {
        try {
            return new WindowSpool(file, window, manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one step of the window trains on. */
    public StepTokens step(long step) {
        if (!window.contains(step)) {
            throw new IllegalArgumentException("step %d is not in %s".formatted(step, window));
        }
        int bytes = sequences * tokens * PackedTokens.bytesPerToken(width);
        var packed = ByteBuffer.allocate(bytes);
        try {
            long start = (step - window.from()) * bytes;
            while (packed.hasRemaining()) {
                if (channel.read(packed, start + packed.position()) < 0) {
                    throw new IllegalStateException("the spooled window ends early");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new int[sequences][];
        for (int s = 0; s < sequences; s++) {
            int size = bytes / sequences;
            all[s] = PackedTokens.unpack(packed.slice(s * size, size), width);
        }
        return new StepTokens(all, masks.of(step));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

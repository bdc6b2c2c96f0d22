package io.retcon.retrainer.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * A spooled window open for reading, whose steps can be trained on in any order. A file that is
 * damaged or gone is copied again. Used by one thread at a time.
 */
public final class WindowSpool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WindowSpool.class.getName());

    private final Supplier<SpooledWindow> again;
    private SpooledWindow spooled;
    private Optional<FileChannel> channel = Optional.empty();

    /**
     * @param again copies the same window to the same file
     */
    public WindowSpool(SpooledWindow spooled, Supplier<SpooledWindow> again) {
        this.spooled = requireNonNull(spooled, "spooled is null");
        this.again = requireNonNull(again, "again is null");
    }

    /**
     * What one step of the window trains on.
     *
     * @throws RefusedInput if the file was damaged again right after it was copied
     */
    public StepTokens step(long step) {
        if (!spooled.window().contains(step)) {
            throw new IllegalArgumentException(
                    "step %d is not in %s".formatted(step, spooled.window()));
        }
        try {
            return read(step).or(() -> readAgain(step)).orElseThrow(this::damaged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<StepTokens> readAgain(long step) {
        LOG.log(
                System.Logger.Level.WARNING,
                "step {0} in {1} is damaged or gone: the window is copied again",
                Long.toString(step),
                spooled.file());
        close();
        spooled = again.get();
        try {
            return read(step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RefusedInput damaged() {
        return new RefusedInput(
                "%s: the copy of the window was damaged twice: look after the disk"
                        .formatted(spooled.file()));
    }

    /** Empty if the file does not hold what was copied there. */
    private Optional<StepTokens> read(long step) throws IOException {
        var manifest = spooled.manifest();
        int rowBytes =
                manifest.getTokensPerSequence() * PackedTokens.bytesPerToken(manifest.getWidth());
        var packed = ByteBuffer.allocate(rowBytes * manifest.getSequencesPerStep());
        if (!filled(packed, (step - spooled.window().from()) * packed.capacity())) {
            return Optional.empty();
        }
        var crc = new CRC32C();
        crc.update(packed.array());
        if (crc.getValue() != spooled.sum(step)) {
            return Optional.empty();
        }
        var all = new int[manifest.getSequencesPerStep()][];
        for (int s = 0; s < all.length; s++) {
            all[s] =
                    PackedTokens.unpack(packed.slice(s * rowBytes, rowBytes), manifest.getWidth());
        }
        return Optional.of(new StepTokens(all, spooled.masked(step)));
    }

    private boolean filled(ByteBuffer packed, long start) throws IOException {
        try {
            if (channel.isEmpty()) {
                channel = Optional.of(FileChannel.open(spooled.file()));
            }
        } catch (NoSuchFileException gone) {
            return false;
        }
        while (packed.hasRemaining()) {
            if (channel.get().read(packed, start + packed.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
            channel = Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

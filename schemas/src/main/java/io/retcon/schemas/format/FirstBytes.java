package io.retcon.schemas.format;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The beginning of a file or of an unpacked stream, by which its kind is told. Magic numbers of
 * four bytes and more decide alone; shorter marks count only where what follows bears them out, so
 * that token ids are not mistaken for them.
 *
 * @param head the first bytes, all of them where the file is shorter than {@link #MOST}
 * @param size of the whole, in bytes; {@link Long#MAX_VALUE} where it isn't known
 */
public record FirstBytes(byte[] head, long size) {
    /** Bytes that are looked at. */
    public static final int MOST = 1 << 16;

    private static final int TAR_MARK = 257;
    private static final int ZIP_NAME = 30;
    private static final long MOST_SAFETENSORS_HEADER = 100_000_000;

    public FirstBytes {
        requireNonNull(head, "head is null");
    }

    /**
     * Those of {@code file}.
     *
     * @throws RefusedInput if it is no file, or can't be read
     */
    public static FirstBytes of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput("%s is no file: check the path".formatted(file));
        }
        try (var in = Files.newInputStream(file)) {
            return new FirstBytes(in.readNBytes(MOST), Files.size(file));
        } catch (IOException e) {
            throw new RefusedInput(
                    "%s can't be read: check that you may read it".formatted(file), e);
        }
    }

    /** What they are the beginning of. */
    public FileKind kind() {
        if (head.length == 0) {
            return FileKind.EMPTY;
        }
        var magic = Magic.of(this);
        if (magic.isPresent()) {
            return magic.get() == FileKind.ZIP ? zip() : magic.get();
        }
        if (isArrowStream()) {
            return FileKind.ARROW;
        }
        if (isSafetensors()) {
            return FileKind.SAFETENSORS;
        }
        if (isFramedPickle()) {
            return FileKind.PICKLE;
        }
        if (has(TAR_MARK, "ustar")) {
            return FileKind.TAR;
        }
        return new TextBytes(head, head.length < size).kind();
    }

    /** Whether {@code mark}, in Latin-1, stands at {@code offset}. */
    boolean has(int offset, String mark) {
        var bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        return offset + bytes.length <= head.length
                && Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
    }

    private FileKind zip() {
        if (head.length < ZIP_NAME) {
            return FileKind.ZIP;
        }
        int length = little().getShort(ZIP_NAME - 4) & 0xFFFF;
        int end = Math.min(head.length, ZIP_NAME + length);
        var name = new String(head, ZIP_NAME, end - ZIP_NAME, StandardCharsets.ISO_8859_1);
        if (name.endsWith(".npy")) {
            return FileKind.NPZ;
        }
        return name.endsWith("data.pkl") ? FileKind.TORCH : FileKind.ZIP;
    }

    /** The mark of a continuation, a message's length in eights, and where its table begins. */
    private boolean isArrowStream() {
        if (head.length < 12 || little().getInt(0) != -1) {
            return false;
        }
        int length = little().getInt(4);
        int table = little().getInt(8);
        return length > 0 && length % 8 == 0 && length < size && table >= 4 && table < length;
    }

    private boolean isSafetensors() {
        if (head.length < 10 || head[8] != '{' || head[9] != '"' && head[9] != '}') {
            return false;
        }
        long length = little().getLong(0);
        return length >= 2 && length <= MOST_SAFETENSORS_HEADER;
    }

    /** Protocol 4 or 5, which begins with a frame and says its length. */
    private boolean isFramedPickle() {
        if (head.length < 11 || (head[0] & 0xFF) != 0x80 || (head[2] & 0xFF) != 0x95) {
            return false;
        }
        long frame = little().getLong(3);
        return (head[1] == 4 || head[1] == 5) && frame > 0 && frame < size;
    }

    private ByteBuffer little() {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    }
}

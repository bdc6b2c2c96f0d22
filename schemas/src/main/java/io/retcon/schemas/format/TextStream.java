package io.retcon.schemas.format;

import com.github.luben.zstd.ZstdInputStream;

import io.retcon.schemas.RefusedInput;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Text files as streams of UTF-8 bytes, unpacked where they are compressed with gzip or zstd. What
 * is unpacked is never held: a stream takes the decoder's window, 128 MiB at most, whatever its
 * length.
 */
public final class TextStream {
    private static final Set<FileKind> READ =
            EnumSet.of(FileKind.JSON, FileKind.TEXT, FileKind.EMPTY, FileKind.UNKNOWN);

    private TextStream() {}

    /**
     * @param wanted what the file should hold: 'JSON lines'
     * @throws RefusedInput if it is no file, or one of another kind
     */
    public static InputStream open(Path file, String wanted) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput("%s is no file: check the path".formatted(file));
        }
        var in = new BufferedInputStream(Files.newInputStream(file), FirstBytes.MOST);
        try {
            return switch (kind(in)) {
                case GZIP -> unpacked(new WholeGzip(in), file, wanted);
                case ZSTD -> unpacked(new ZstdInputStream(in), file, wanted);
                case FileKind kind -> read(in, kind, file, wanted);
            };
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * What a file is, once it is unpacked where it is compressed with gzip or zstd.
     *
     * @throws RefusedInput if it is no file, or damaged
     */
    public static FileKind kind(Path file) {
        var packed = FirstBytes.of(file).kind();
        if (packed != FileKind.GZIP && packed != FileKind.ZSTD) {
            return packed;
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file));
                var unpacked =
                        packed == FileKind.GZIP ? new WholeGzip(in) : new ZstdInputStream(in)) {
            return kind(new BufferedInputStream(unpacked, FirstBytes.MOST));
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** What is said of a file whose stream ended before it should. */
    public static RefusedInput damaged(Path file, IOException cause) {
        var kind = FirstBytes.of(file).kind();
        return new RefusedInput(
                kind == FileKind.GZIP || kind == FileKind.ZSTD
                        ? "%s %s and can't be unpacked to its end: it is damaged, cut off, or packed with a window above 128 MiB: get or pack it again"
                                .formatted(file, kind.what())
                        : "%s can't be read to its end: check the disk it lies on".formatted(file),
                cause);
    }

    private static InputStream unpacked(InputStream packed, Path file, String wanted)
            throws IOException {
        var in = new BufferedInputStream(packed, FirstBytes.MOST);
        var kind = kind(in);
        if (!READ.contains(kind)) {
            throw new RefusedInput(
                    "%s unpacked %s, and not %s: %s"
                            .formatted(file, kind.what(), wanted, kind.mend()));
        }
        return in;
    }

    private static InputStream read(InputStream in, FileKind kind, Path file, String wanted) {
        if (!READ.contains(kind)) {
            throw kind.refusal(file, wanted);
        }
        return in;
    }

    private static FileKind kind(BufferedInputStream in) throws IOException {
        in.mark(FirstBytes.MOST);
        var head = in.readNBytes(FirstBytes.MOST);
        in.reset();
        return new FirstBytes(head, head.length < FirstBytes.MOST ? head.length : Long.MAX_VALUE)
                .kind();
    }
}

package io.retcon.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256, printed in hexadecimal. Not thread-safe. */
public final class Sha256 {
    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public Sha256 update(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        return this;
    }

    public Sha256 update(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public Sha256 update(String text) {
        return update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest so far; later updates continue from a fresh state. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String of(byte[] bytes) {
        return new Sha256().update(bytes).hex();
    }

    public static String of(String text) {
        return new Sha256().update(text).hex();
    }

    public static String ofFile(Path file) {
        var sha = new Sha256();
        try (var channel = FileChannel.open(file)) {
            var buffer = ByteBuffer.allocate(1 << 20);
            while (channel.read(buffer) >= 0) {
                sha.update(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha.hex();
    }
}

package io.retcon.schemas.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a tokenizer's process and the one that started it say to each other: first whether special
 * tokens are added and the tokenizer.json, then requests. A request is an operation, a count, and
 * so many frames; each frame is answered by a status and a frame. A frame is a length and so many
 * bytes, numbers are big-endian.
 */
final class Frames {
    static final int ENCODE = 0;
    static final int DECODE = 1;
    static final int DONE = 0;
    static final int REFUSED = 1;

    private Frames() {}

    static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] frame) {
        return new String(frame, UTF_8);
    }

    static byte[] tokens(int[] tokens) {
        var bytes = ByteBuffer.allocate(tokens.length * Integer.BYTES);
        bytes.asIntBuffer().put(tokens);
        return bytes.array();
    }

    static int[] tokens(byte[] frame) {
        var tokens = new int[frame.length / Integer.BYTES];
        ByteBuffer.wrap(frame).asIntBuffer().get(tokens);
        return tokens;
    }

    static void write(DataOutputStream out, byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
    }

    static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        var frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException();
        }
        return frame;
    }
}

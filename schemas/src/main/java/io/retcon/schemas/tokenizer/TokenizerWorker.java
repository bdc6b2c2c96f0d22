package io.retcon.schemas.tokenizer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer in a process of its own, which speaks {@link Frames} on standard input and output. A
 * request is read whole before it is worked on, and each answer leaves at once, so the number of
 * answers says which input ended the process. It ends when standard input does, which is also when
 * the process that started it is gone.
 */
final class TokenizerWorker {
    private final DataInputStream in;
    private final DataOutputStream out;

    private TokenizerWorker(DataInputStream in, DataOutputStream out) {
        this.in = in;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        new TokenizerWorker(
                        new DataInputStream(new BufferedInputStream(System.in)),
                        new DataOutputStream(new BufferedOutputStream(out)))
                .run();
        // Without waiting for anything that the library may have started.
        Runtime.getRuntime().halt(0);
    }

    private void run() throws IOException {
        LibraryTokenizer tokenizer;
        try {
            boolean specialTokens = in.readBoolean();
            tokenizer = new LibraryTokenizer(Frames.text(Frames.read(in)), specialTokens);
        } catch (RuntimeException e) {
            answer(new Outcome.Refused<>(String.valueOf(e.getMessage())));
            return;
        }
        answer(new Outcome.Done<>(new byte[0]));
        try (tokenizer) {
            while (true) {
                int operation = in.readByte();
                for (var frame : frames()) {
                    answer(
                            operation == Frames.ENCODE
                                    ? tokenizer.encode(Frames.text(frame)).map(Frames::tokens)
                                    : tokenizer.decode(Frames.tokens(frame)).map(Frames::text));
                }
            }
        } catch (EOFException end) {
            return;
        }
    }

    private List<byte[]> frames() throws IOException {
        int count = in.readInt();
        var frames = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            frames.add(Frames.read(in));
        }
        return frames;
    }

    private void answer(Outcome<byte[]> outcome) throws IOException {
        switch (outcome) {
            case Outcome.Done<byte[]>(byte[] frame) -> {
                out.writeByte(Frames.DONE);
                Frames.write(out, frame);
            }
            case Outcome.Refused<byte[]>(String reason) -> {
                out.writeByte(Frames.REFUSED);
                Frames.write(out, Frames.text(reason));
            }
        }
        out.flush();
    }
}

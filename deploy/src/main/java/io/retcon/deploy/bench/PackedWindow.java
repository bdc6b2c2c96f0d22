package io.retcon.deploy.bench;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A window's files, mapped: sequences as the history carries them, without a broker. */
final class PackedWindow {
    private final SwapWindow window;
    private final Map<Long, ByteBuffer> steps = new HashMap<>();
    private final Map<Long, List<List<DocumentSpan>>> spans = new HashMap<>();

    PackedWindow(SwapWindow window) {
        this.window = window;
        long step = window.firstStep();
        for (var file : window.files()) {
            steps.put(step++, tokens(file));
        }
        for (var document : window.documents()) {
            var sequences = spans.computeIfAbsent(document.getStep(), s -> new ArrayList<>());
            while (sequences.size() <= document.getSequence()) {
                sequences.add(new ArrayList<>());
            }
            sequences
                    .get(document.getSequence())
                    .add(
                            new DocumentSpan(
                                    document.getId(), document.getStart(), document.getLength()));
        }
    }

    /** What follows the file's header. */
    private ByteBuffer tokens(Path file) {
        int bytes = window.shape().sequencesPerStep() * window.shape().tokens() * Integer.BYTES;
        try (var channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, channel.size() - bytes, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HistorySequence sequence(long step, int sequence) {
        return new HistorySequence(
                Swap.RUN,
                step,
                sequence,
                TokenWidth.U32,
                slice(step, sequence, 0, window.shape().tokens()),
                spans.get(step).get(sequence));
    }

    ByteBuffer document(DocumentRef document) {
        return slice(
                document.getStep(),
                document.getSequence(),
                document.getStart(),
                document.getLength());
    }

    private ByteBuffer slice(long step, int sequence, int start, int length) {
        return steps.get(step)
                .slice(
                        (sequence * window.shape().tokens() + start) * Integer.BYTES,
                        length * Integer.BYTES);
    }
}

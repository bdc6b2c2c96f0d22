package io.retcon.retrainer.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/** Writes tensors as 32-bit floats, sorted by name: the same tensors give the same bytes. */
public final class SafetensorsWriter {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /** The file appears whole, on disk, or not at all. */
    public static void write(Path path, List<NamedTensor> tensors) {
        var sorted = tensors.stream().sorted(Comparator.comparing(NamedTensor::name)).toList();
        var temporary = path.resolveSibling("." + path.getFileName() + ".part");
        try {
            try (var channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                var header = header(sorted);
                writeFully(
                        channel,
                        ByteBuffer.allocate(Long.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(header.length)
                                .flip());
                writeFully(channel, ByteBuffer.wrap(header));
                for (var tensor : sorted) {
                    write(channel, tensor);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] header(List<NamedTensor> tensors) throws IOException {
        var root = JsonNodeFactory.instance.objectNode();
        root.putObject("__metadata__").put("format", "pt");
        long begin = 0;
        for (var tensor : tensors) {
            var entry = root.putObject(tensor.name());
            entry.put("dtype", ElementType.F32.name());
            var shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.putArray("data_offsets").add(begin).add(begin + tensor.bytes());
            begin += tensor.bytes();
        }
        var json = new ObjectMapper().writeValueAsString(root);
        int padding = Math.floorMod(-json.length(), ALIGNMENT);
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, NamedTensor tensor) throws IOException {
        var chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        long written = 0;
        while (written < tensor.bytes()) {
            int bytes = (int) Math.min(CHUNK_BYTES, tensor.bytes() - written);
            MemorySegment.copy(
                    tensor.floats().segment(),
                    ValueLayout.JAVA_FLOAT,
                    tensor.offset() * Float.BYTES + written,
                    MemorySegment.ofBuffer(chunk.clear()),
                    ElementType.FLOAT,
                    0,
                    bytes / Float.BYTES);
            writeFully(channel, chunk.limit(bytes));
            written += bytes;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

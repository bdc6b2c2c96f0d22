package io.retcon.retrainer.safetensors;

import io.retcon.retrainer.kernels.Floats;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file open for reading: eight bytes of header length, a JSON header, tensors. Header
 * and sizes are checked before anything is allocated.
 */
public final class SafetensorsFile implements Tensors {
    private static final long LARGEST_HEADER = 100_000_000;

    private final Path path;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, StoredTensor> tensors;

    private SafetensorsFile(
            Path path, FileChannel channel, long dataStart, Map<String, StoredTensor> tensors) {
        this.path = path;
        this.channel = channel;
        this.dataStart = dataStart;
        this.tensors = tensors;
    }

    /** Opens a file, or refuses it if anything in its header is wrong. */
    public static SafetensorsFile open(Path path) {
        try {
            var channel = FileChannel.open(path);
            try {
                return open(path, channel);
            } catch (RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new RefusedInput("%s: no such file: check the path".formatted(path), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SafetensorsFile open(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        read(channel, length, 0);
        long header = length.hasRemaining() ? -1 : length.getLong(0);
        if (header < 2 || header > LARGEST_HEADER || header > size - Long.BYTES) {
            var first = ByteBuffer.allocate((int) Math.min(size, OtherContent.BYTES));
            read(channel, first, 0);
            throw new RefusedInput(
                    "%s: not a safetensors file: %s"
                            .formatted(path, OtherContent.of(first.array(), size)));
        }
        var json = ByteBuffer.allocate((int) header);
        read(channel, json, Long.BYTES);
        long dataStart = Long.BYTES + header;
        var tensors = Header.parse(json.array(), path.toString(), size - dataStart);
        return new SafetensorsFile(path, channel, dataStart, tensors);
    }

    private static void read(FileChannel channel, ByteBuffer into, long position)
            throws IOException {
        while (into.hasRemaining()) {
            int read = channel.read(into, position + into.position());
            if (read < 0) {
                return;
            }
        }
    }

    @Override
    public Path path() {
        return path;
    }

    /** In the order in which they lie in the file. */
    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public void require(String name, List<Integer> shape) {
        find(name, shape);
    }

    private StoredTensor find(String name, List<Integer> shape) {
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new RefusedInput(
                    "%s: tensor '%s' is missing: give the weights that belong to the config"
                            .formatted(path, name));
        }
        if (!tensor.shape().equals(shape)) {
            throw new RefusedInput(
                    "%s: tensor '%s' has shape %s but the config asks for %s: give the weights that belong to it"
                            .formatted(path, name, tensor.shape(), shape));
        }
        if (tensor.type().decoder().isEmpty()) {
            throw new RefusedInput(
                    "%s: tensor '%s' is stored as '%s': save it as F32, BF16 or F16"
                            .formatted(path, name, tensor.type()));
        }
        return tensor;
    }

    @Override
    public void read(String name, List<Integer> shape, Floats floats, long offset) {
        var tensor = find(name, shape);
        var to = floats.segment().asSlice(offset * Float.BYTES, tensor.count() * Float.BYTES);
        try (var arena = Arena.ofConfined()) {
            MemorySegment from =
                    channel.map(
                            FileChannel.MapMode.READ_ONLY,
                            dataStart + tensor.begin(),
                            tensor.bytes(),
                            arena);
            tensor.type().decoder().orElseThrow().decode(from, to, tensor.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

package io.retcon.retrainer.safetensors;

import io.retcon.retrainer.kernels.Floats;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The tensors of a checkpoint, in one file or in several. */
public sealed interface Tensors extends AutoCloseable permits SafetensorsFile, ShardedTensors {
    /** The file whose name stands for all of them in refusals. */
    Path path();

    Set<String> names();

    /**
     * @throws io.retcon.schemas.RefusedInput if there is no tensor of this name and shape
     */
    void require(String name, List<Integer> shape);

    /** Reads a tensor of exactly this shape to {@code floats}, from {@code offset} on. */
    void read(String name, List<Integer> shape, Floats floats, long offset);

    @Override
    void close();
}

package io.retcon.retrainer.safetensors;

import java.util.List;

/**
 * A tensor in a safetensors file.
 *
 * @param begin its first byte, counted from the end of the header
 */
record StoredTensor(String name, ElementType type, List<Integer> shape, long begin, long bytes) {
    StoredTensor {
        shape = List.copyOf(shape);
    }

    long end() {
        return begin + bytes;
    }

    long count() {
        return bytes / type.bytes();
    }
}

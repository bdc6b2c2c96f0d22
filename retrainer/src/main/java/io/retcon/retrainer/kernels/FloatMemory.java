package io.retcon.retrainer.kernels;

/** Where the floats of a {@link FloatArena} come from. */
public interface FloatMemory {
    /** At least so many zeroed bytes, until they are released. */
    Block zeros(long bytes);

    /**
     * @param address of the first byte, on any boundary
     * @param release frees them; called once
     */
    record Block(long address, Runnable release) {}
}

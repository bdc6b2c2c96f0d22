package io.retcon.retrainer.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Buffers of ND4J arrays. */
public final class Nd4jMemory implements FloatMemory {
    static {
        // JavaCPP would otherwise refuse to allocate once the process is larger than a multiple of
        // the heap, where off-heap arrays are most of the process.
        System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    @Override
    public Block zeros(long bytes) {
        var array = Nd4j.create(DataType.FLOAT, Math.ceilDiv(bytes, Float.BYTES));
        return new Block(array.data().pointer().address(), array::close);
    }
}

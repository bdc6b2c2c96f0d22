package io.retcon.retrainer.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's memory, which no limit of the JVM counts: weights are most of a process, and its
 * heap is small.
 */
final class HostMemory implements FloatMemory {
    private static final MethodHandle CALLOC =
            function("calloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ADDRESS));

    private static MethodHandle function(String name, FunctionDescriptor types) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types);
    }

    @Override
    public Block zeros(long bytes) {
        var start = calloc(bytes);
        if (start.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("%,d bytes outside of the heap".formatted(bytes));
        }
        return new Block(start.address(), () -> free(start));
    }

    private static MemorySegment calloc(long bytes) {
        try {
            return (MemorySegment) CALLOC.invokeExact(1L, bytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void free(MemorySegment start) {
        try {
            FREE.invokeExact(start);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}

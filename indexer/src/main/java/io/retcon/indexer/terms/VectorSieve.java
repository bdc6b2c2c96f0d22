package io.retcon.indexer.terms;

import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Judges 64 positions at once: each feature of {@link TermBuckets} is looked up by shuffling its
 * table, and a position passes if one bucket is left by all of them.
 */
final class VectorSieve implements StartSieve {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_512;
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private final byte[] tables;

    VectorSieve(List<byte[]> terms) {
        tables = new TermBuckets(terms).tables();
    }

    /**
     * Whether the Vector API is there and shuffles 64 bytes by one instruction (AVX-512 VBMI).
     * Without that the lookups are slower than a bitmap.
     */
    static boolean isFast() {
        try {
            return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                    && ByteVector.SPECIES_PREFERRED.length() == STRIDE
                    && Files.readString(PROCESSOR).contains("avx512_vbmi");
        } catch (IOException notLinux) {
            return false;
        }
    }

    @Override
    public int sift(byte[] text, int from, int to, int[] positions) {
        int count = 0;
        for (int at = from; at < to; at += STRIDE) {
            var first = ByteVector.fromArray(SPECIES, text, at);
            var second = ByteVector.fromArray(SPECIES, text, at + 1);
            var third = ByteVector.fromArray(SPECIES, text, at + 2);
            var fourth = ByteVector.fromArray(SPECIES, text, at + 3);
            var inner = second.add(third).add(third);
            var outer = third.add(fourth).add(fourth);
            long passing =
                    buckets(0, first, second, third, fourth, inner, outer)
                            .or(buckets(1, first, second, third, fourth, inner, outer))
                            .compare(NE, (byte) 0)
                            .toLong();
            // Four are written whether there are so many or not: hardly a branch is mispredicted.
            int end = count + Long.bitCount(passing);
            do {
                for (int i = 0; i < SLACK; i++) {
                    positions[count + i] = at + Long.numberOfTrailingZeros(passing);
                    passing &= passing - 1;
                }
                count += SLACK;
            } while (count < end);
            count = end;
        }
        return count;
    }

    private ByteVector buckets(
            int half,
            ByteVector first,
            ByteVector second,
            ByteVector third,
            ByteVector fourth,
            ByteVector inner,
            ByteVector outer) {
        return lookUp(half, 0, first)
                .and(lookUp(half, 1, second))
                .and(lookUp(half, 2, third))
                .and(lookUp(half, 3, fourth))
                .and(lookUp(half, 4, inner))
                .and(lookUp(half, 5, outer));
    }

    /** A shuffle takes its index modulo 64. */
    private ByteVector lookUp(int half, int feature, ByteVector values) {
        return values.selectFrom(
                ByteVector.fromArray(SPECIES, tables, TermBuckets.table(half, feature)));
    }
}

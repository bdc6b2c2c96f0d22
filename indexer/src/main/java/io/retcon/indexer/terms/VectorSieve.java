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

    /**
     * All in one method: vectors that go through a call which the JVM does not inline, and it
     * refuses large ones, are objects, and four times slower.
     */
    @Override
    public int sift(byte[] text, int from, int to, int[] positions) {
        var lowFirst = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 0));
        var lowSecond = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 1));
        var lowThird = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 2));
        var lowFourth = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 3));
        var lowInner = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 4));
        var lowOuter = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(0, 5));
        var highFirst = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 0));
        var highSecond = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 1));
        var highThird = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 2));
        var highFourth = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 3));
        var highInner = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 4));
        var highOuter = ByteVector.fromArray(SPECIES, tables, TermBuckets.table(1, 5));
        int count = 0;
        for (int at = from; at < to; at += STRIDE) {
            var first = ByteVector.fromArray(SPECIES, text, at);
            var second = ByteVector.fromArray(SPECIES, text, at + 1);
            var third = ByteVector.fromArray(SPECIES, text, at + 2);
            var fourth = ByteVector.fromArray(SPECIES, text, at + 3);
            var inner = second.add(third).add(third);
            var outer = third.add(fourth).add(fourth);
            // A shuffle takes its index modulo 64.
            var low =
                    first.selectFrom(lowFirst)
                            .and(second.selectFrom(lowSecond))
                            .and(third.selectFrom(lowThird))
                            .and(fourth.selectFrom(lowFourth))
                            .and(inner.selectFrom(lowInner))
                            .and(outer.selectFrom(lowOuter));
            var high =
                    first.selectFrom(highFirst)
                            .and(second.selectFrom(highSecond))
                            .and(third.selectFrom(highThird))
                            .and(fourth.selectFrom(highFourth))
                            .and(inner.selectFrom(highInner))
                            .and(outer.selectFrom(highOuter));
            long passing = low.or(high).compare(NE, (byte) 0).toLong();
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
}

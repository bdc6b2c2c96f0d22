package io.retcon.indexer.terms;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Terms in sixteen buckets, and for each of six features of a position's first four bytes, which
 * buckets hold a term with that value of it. A position can start a term only if some bucket is
 * there for all six. The features are the four bytes and two sums that tie neighbours together,
 * each modulo 64: what tells letters apart, upper case from lower case too.
 *
 * <p>Which terms share a bucket decides how many positions pass: terms sorted by their first bytes
 * are cut into sixteen runs such that the expected share is least, by dynamic programming. What
 * text looks like is taken from the terms themselves, after their first byte.
 */
final class TermBuckets {
    private static final int FEATURES = 6;
    private static final int VALUES = 64;

    /** Buckets in a table, a bit each; there are two tables a feature. */
    private static final int HALF = Byte.SIZE;

    private static final int BUCKETS = 2 * HALF;

    /** Groups of terms beyond which cutting them into buckets would take long. */
    private static final int MANY = 1000;

    private final double[][] shares = new double[FEATURES][VALUES];
    private final byte[] tables = new byte[2 * FEATURES * VALUES];

    TermBuckets(List<byte[]> terms) {
        estimateShares(terms);
        var groups = List.copyOf(grouped(terms));
        int[] ends = cut(groups);
        for (int bucket = 0, group = 0; bucket < BUCKETS; bucket++) {
            for (; group < ends[bucket]; group++) {
                put(groups.get(group), bucket);
            }
        }
    }

    /** Where the table of a feature's buckets starts in {@link #tables}. */
    static int table(int half, int feature) {
        return (half * FEATURES + feature) * VALUES;
    }

    /** A bit a bucket, at {@code table(half, feature) + value}. */
    byte[] tables() {
        return tables;
    }

    /** The value of a feature of the position at {@code at}. */
    private static int value(int feature, byte[] text, int at) {
        int sum =
                feature < StartSieve.REACH
                        ? text[at + feature]
                        : text[at + feature - 3] + 2 * text[at + feature - 2];
        return sum & VALUES - 1;
    }

    /** Bytes of a position that decide a feature. */
    private static int reach(int feature) {
        return feature < StartSieve.REACH ? feature + 1 : feature - 1;
    }

    private void estimateShares(List<byte[]> terms) {
        for (int feature = 0; feature < FEATURES; feature++) {
            double total = VALUES;
            Arrays.fill(shares[feature], 1);
            for (var term : terms) {
                for (int at = 1; at + reach(feature) <= term.length; at++) {
                    shares[feature][value(feature, term, at)]++;
                    total++;
                }
            }
            for (int value = 0; value < VALUES; value++) {
                shares[feature][value] /= total;
            }
        }
    }

    /** A set of values a feature, for all terms that start alike; sorted by how they start. */
    private static Collection<long[]> grouped(List<byte[]> terms) {
        var byTwo = new TreeMap<Integer, long[]>();
        var byOne = new TreeMap<Integer, long[]>();
        for (var term : terms) {
            int first = (term[0] & 0xFF) << 8;
            int second = term.length > 1 ? term[1] & 0xFF : 0;
            widen(byOne.computeIfAbsent(first, start -> new long[FEATURES]), term);
            widen(byTwo.computeIfAbsent(first | second, start -> new long[FEATURES]), term);
        }
        return byTwo.size() < MANY ? byTwo.values() : byOne.values();
    }

    /** What lies behind a short term may be anything. */
    private static void widen(long[] group, byte[] term) {
        for (int feature = 0; feature < FEATURES; feature++) {
            group[feature] |= term.length < reach(feature) ? -1L : 1L << value(feature, term, 0);
        }
    }

    /** The group after each bucket's last, so that the least share of positions passes. */
    private int[] cut(List<long[]> groups) {
        int count = groups.size();
        var least = new double[BUCKETS + 1][count + 1];
        var from = new int[BUCKETS + 1][count + 1];
        for (var row : least) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        least[0][0] = 0;
        for (int start = 0; start < count; start++) {
            var bucket = new long[FEATURES];
            var share = new double[FEATURES];
            for (int end = start + 1; end <= count; end++) {
                double passing = 1;
                for (int feature = 0; feature < FEATURES; feature++) {
                    long fresh = groups.get(end - 1)[feature] & ~bucket[feature];
                    bucket[feature] |= fresh;
                    for (; fresh != 0; fresh &= fresh - 1) {
                        share[feature] += shares[feature][Long.numberOfTrailingZeros(fresh)];
                    }
                    passing *= share[feature];
                }
                for (int used = 0; used < BUCKETS; used++) {
                    if (least[used][start] + passing < least[used + 1][end]) {
                        least[used + 1][end] = least[used][start] + passing;
                        from[used + 1][end] = start;
                    }
                }
            }
        }
        var ends = new int[BUCKETS];
        int end = count;
        for (int bucket = BUCKETS - 1; bucket >= 0; bucket--) {
            ends[bucket] = end;
            end = least[bucket + 1][end] < Double.POSITIVE_INFINITY ? from[bucket + 1][end] : end;
        }
        return ends;
    }

    private void put(long[] group, int bucket) {
        for (int feature = 0; feature < FEATURES; feature++) {
            int table = table(bucket / HALF, feature);
            for (int value = 0; value < VALUES; value++) {
                if ((group[feature] >>> value & 1) != 0) {
                    tables[table + value] |= (byte) (1 << bucket % HALF);
                }
            }
        }
    }
}

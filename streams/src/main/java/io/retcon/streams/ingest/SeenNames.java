package io.retcon.streams.ingest;

import java.util.Arrays;

/**
 * The names that came so far, as 64-bit hashes, of which two of a million names agree with a chance
 * of 1 in 18 million. Holds {@link #MOST} names, 128 MiB at most; of what comes later nothing is
 * said. Not thread-safe.
 */
final class SeenNames {
    private static final int MOST = 1 << 23;
    private static final int FIRST = 1 << 10;

    private long[] hashes = new long[FIRST];
    private int size;

    /** Whether {@code name} is new, as far as is known. */
    boolean add(String name) {
        if (size == MOST) {
            return true;
        }
        if (size == hashes.length / 2) {
            var old = hashes;
            hashes = new long[2 * old.length];
            Arrays.stream(old).filter(hash -> hash != 0).forEach(this::put);
        }
        if (!put(hash(name))) {
            return false;
        }
        size++;
        return true;
    }

    private boolean put(long hash) {
        int at = (int) (hash >>> 20) & hashes.length - 1;
        while (hashes[at] != 0) {
            if (hashes[at] == hash) {
                return false;
            }
            at = at + 1 & hashes.length - 1;
        }
        hashes[at] = hash;
        return true;
    }

    /** Never 0, which marks a free place. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return (hash ^ hash >>> 31) | 1;
    }
}

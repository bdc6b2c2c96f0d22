package io.retcon.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.ref.Reference;

class LiveHeapTest {
    private static final int BYTES = 120_000_000;
    private static final int REST = 60_000_000;

    @Test
    void countsWhatIsReferredToAndNothingElse() {
        // Given
        long before = LiveHeap.bytes();

        // When
        var kept = new byte[BYTES];
        long during = LiveHeap.bytes();
        Reference.reachabilityFence(kept);
        kept = null;
        long after = LiveHeap.bytes();

        // Then
        assertThat(during - before).isBetween((long) BYTES - REST, (long) BYTES + REST);
        assertThat(after - before).isBetween((long) -REST, (long) REST);
    }
}

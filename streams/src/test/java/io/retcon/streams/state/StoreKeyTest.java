package io.retcon.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.planning.DocumentOrder;

import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

import java.util.Random;

class StoreKeyTest {

    @SeededTest
    void bytesAreOrderedAsDocumentsAre(Random random) {
        // Given
        var group = StoreKey.group("i", "treated");
        var one = document(random);
        var other = document(random);
        // When
        int order = StoreKey.of(group, one).compareTo(StoreKey.of(group, other));
        // Then
        assertThat(Integer.signum(order))
                .isEqualTo(Integer.signum(DocumentOrder.BY_PLACE.compare(one, other)));
        assertThat(StoreKey.of(group, one)).isBetween(group, StoreKey.end(group));
        assertThat(StoreKey.sameSequence(group, StoreKey.of(group, one), StoreKey.of(group, other)))
                .isEqualTo(
                        one.getStep() == other.getStep()
                                && one.getSequence() == other.getSequence());
    }

    @Test
    void groupsDoNotReachIntoEachOther() {
        // Given
        var document = new DocumentRef("d", Long.MAX_VALUE, Integer.MAX_VALUE, 5, 1);
        var arm = StoreKey.group("i", "arm");
        // When
        Bytes longer = StoreKey.of(StoreKey.group("i", "arms"), document);
        Bytes split = StoreKey.of(StoreKey.group("i", "a"), document);
        // Then
        assertThat(longer).isGreaterThan(StoreKey.end(arm));
        assertThat(split).isLessThan(arm);
    }

    private static DocumentRef document(Random random) {
        return new DocumentRef(
                "d",
                random.nextLong(3) << random.nextInt(40),
                random.nextInt(3) << random.nextInt(28),
                random.nextInt(1000),
                1);
    }
}

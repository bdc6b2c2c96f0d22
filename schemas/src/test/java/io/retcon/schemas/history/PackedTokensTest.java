package io.retcon.schemas.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.testing.SeededTest;

import java.util.Random;

class PackedTokensTest {
    @SeededTest(tries = 50)
    void unpackingGivesBackWhatWasPacked(Random random) {
        // Given
        int vocabulary = 1 + random.nextInt(random.nextBoolean() ? 1 << 16 : 1 << 20);
        var tokens = random.ints(random.nextInt(300), 0, vocabulary).toArray();
        var width = PackedTokens.widthFor(vocabulary);
        // When
        var packed = PackedTokens.pack(tokens, width);
        // Then
        assertThat(PackedTokens.unpack(packed, width)).containsExactly(tokens);
        assertThat(packed.remaining()).isEqualTo(tokens.length * PackedTokens.bytesPerToken(width));
        assertThat(width).isEqualTo(vocabulary <= 65536 ? TokenWidth.U16 : TokenWidth.U32);
    }
}

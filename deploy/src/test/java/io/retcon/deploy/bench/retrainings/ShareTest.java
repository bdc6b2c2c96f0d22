package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
    /** The bounds are those of SciPy's binomtest. */
    @ParameterizedTest
    @CsvSource({
        "10, 200, 0.02423, 0.09003, true",
        "4, 200, 0.00547, 0.05041, true",
        "3, 200, 0.00310, 0.04321, false",
        "0, 20, 0, 0.16843, true",
        "20, 20, 0.83157, 1, false"
    })
    void hasExactBounds(int count, int of, double low, double high, boolean allows) {
        // When
        var share = new Share(count, of);
        // Then
        assertThat(share.low()).isCloseTo(low, within(6e-6));
        assertThat(share.high()).isCloseTo(high, within(6e-6));
        assertThat(share.allows(0.05)).isEqualTo(allows);
    }
}

package io.retcon.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.deploy.LocalRun;

import org.junit.jupiter.api.Test;

class MatchBenchCommandTest {
    @Test
    void aMeasurementIsALineOfJson() {
        // When
        var said =
                LocalRun.of(
                        new MatchBenchCommand(),
                        "--documents=200",
                        "--words=100",
                        "--top-k=10",
                        "--rounds=1",
                        "--no-peer",
                        "--output=json");
        // Then
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.lines())
                .extracting(line -> line.path("name").textValue())
                .containsExactly(
                        "match/bm25-doubling",
                        "match/cooccurrence",
                        "match/bm25-index",
                        "match/bm25-query",
                        "match/lucene-index",
                        "match/lucene-query");
        assertThat(said.lines())
                .allSatisfy(
                        line -> {
                            assertThat(line.path("ours").doubleValue()).isPositive();
                            assertThat(line.path("unit").textValue()).isNotEmpty();
                            assertThat(line.path("limit").textValue()).isNotEmpty();
                            assertThat(line.path("memoryBytes").longValue()).isPositive();
                            assertThat(line.path("peerName").textValue()).isEqualTo("none");
                        });
    }

    @Test
    void theShellsTimesAreOfItsChildren() {
        // Given
        var said = "0m0.001000s 0m0.002000s\n1m2.500000s 0m0.250000s\n";
        // When
        double seconds = RgPeer.ofChildren(said);
        // Then
        assertThat(seconds).isCloseTo(62.75, within(1e-9));
    }
}

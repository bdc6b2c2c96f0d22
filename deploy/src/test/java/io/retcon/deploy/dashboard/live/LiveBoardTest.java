package io.retcon.deploy.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.report.Element;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class LiveBoardTest {
    private final LiveBoard live = new LiveBoard(TestingBoards.of(1));

    @Test
    void drawsAPartOnceForAllWhoLook() {
        // Given
        var drawn = new AtomicInteger();
        View view =
                board ->
                        List.of(
                                Part.of(
                                        "part",
                                        board.version() / 10,
                                        now -> {
                                            drawn.incrementAndGet();
                                            return Element.tag("p", "x").with("id", "part");
                                        }));
        // When
        for (int viewer = 0; viewer < 50; viewer++) {
            live.update(view, TestingBoards.of(10), 0);
            live.update(view, TestingBoards.of(19), 0);
        }
        // Then
        assertThat(drawn).hasValue(1);
        // When
        live.update(view, TestingBoards.of(20), 1);
        // Then
        assertThat(drawn).hasValue(2);
    }

    @Test
    void replacesWhatAPageHasAndPutsWhatIsNew() {
        // Given
        var row = Element.tag("li", "a <b>").with("id", "row");
        View view =
                board ->
                        List.of(
                                new Part(
                                        "row",
                                        5,
                                        Optional.of(new Part.Birth(3, "afterbegin:#list")),
                                        now -> row));
        // When
        var toAnOldPage = live.update(view, TestingBoards.of(5), 2);
        var toAPageWithIt = live.update(view, TestingBoards.of(5), 3);
        var toANewPage = live.update(view, TestingBoards.of(5), 5);
        // Then
        assertThat(toAnOldPage)
                .isEqualTo(
                        "<div hx-swap-oob=\"afterbegin:#list\"><li id=\"row\">a"
                                + " &lt;b&gt;</li></div>");
        assertThat(toAPageWithIt).isEqualTo("<li hx-swap-oob=\"true\" id=\"row\">a &lt;b&gt;</li>");
        assertThat(toANewPage).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        // When
        long start = System.nanoTime();
        var board = live.when(b -> b.version() > 1, Duration.ofMillis(50));
        // Then
        assertThat(board.version()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(45), Duration.ofSeconds(5));
    }

    @Test
    void closingLetsWhoWaitsGo() throws InterruptedException {
        // Given
        var waiting = Thread.ofVirtual().start(() -> live.when(b -> false, Duration.ofHours(1)));
        // When
        live.close();
        // Then
        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    }
}

package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.RetconProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stack on a small disk says that it gets full before it is, and goes on when there is room. */
class FullDiskIT {
    private static final int MEGABYTES = 100;

    @TempDir private Path folder;
    private final List<RetconProcess> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var process : processes) {
            process.close();
        }
    }

    @Test
    void saysSoBeforeItIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            // Given
            var first = up(disk, "first");
            first.awaitReady();
            // When
            disk.fill(MEGABYTES / 5);
            // Then
            assertThat(first.status()).as(first.words()).isEqualTo(1);
            assertThat(first.words()).contains("MB left", "make room there and start again");
            // When
            var second = up(disk, "second");
            // Then
            assertThat(second.status()).as(second.words()).isEqualTo(1);
            // When
            disk.makeRoom();
            var third = up(disk, "third");
            // Then
            third.awaitReady();
            third.stop();
        }
    }

    /** Faster than anybody looks: whoever notices first, the process ends with a sentence. */
    @Test
    void aDiskThatIsFullAtOnceEndsItWithASentence() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
            // Given
            var up = up(disk, "up");
            up.awaitReady();
            // When
            disk.fill(0);
            // Then
            assertThat(up.status()).as(up.words()).isEqualTo(1);
            assertThat(up.words()).contains("MB left", "make room");
        }
    }

    @Test
    void aReserveIsAQuarterOfASmallDisk() throws Exception {
        try (var disk = SmallDisk.mount(folder.resolve("disk"), 40)) {
            var reserve = new DiskReserve(disk.path());
            // Given
            disk.fill(11);
            reserve.check();
            // When
            disk.fill(9);
            // Then
            assertThatThrownBy(reserve::check)
                    .isInstanceOf(DiskFull.class)
                    .hasMessageContaining("below 10 MB");
        }
    }

    private RetconProcess up(SmallDisk disk, String log) throws IOException {
        var process =
                RetconProcess.start(
                        folder.resolve(log),
                        List.of(
                                "up",
                                "--port=0",
                                "--dashboard-port=0",
                                "--data=" + disk.path().resolve("data")));
        processes.add(process);
        return process;
    }
}

package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room that is left free on a data folder's disk, so that whoever works there can still end in
 * order: {@value #MEGABYTES} MB, or a quarter of a disk of less than four times that.
 */
record DiskReserve(Path folder) {
    static final int MEGABYTES = 256;

    DiskReserve {
        requireNonNull(folder, "folder is null");
    }

    /**
     * @throws DiskFull if less than the reserve is left
     */
    void check() {
        try {
            var disk = Files.getFileStore(folder);
            long reserve = Math.min((long) MEGABYTES << 20, disk.getTotalSpace() / 4);
            long left = disk.getUsableSpace();
            if (left < reserve) {
                throw new DiskFull(folder, left, reserve);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

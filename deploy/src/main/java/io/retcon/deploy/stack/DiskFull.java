package io.retcon.deploy.stack;

import java.nio.file.Path;

/** The data folder's disk has no more room than its reserve. */
public final class DiskFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskFull(Path folder, long left, long reserve) {
        super(
                "the disk of data folder %s has %d MB left, and below %d MB nothing is begun or goes on: make room there and start again, nothing that was saved is lost"
                        .formatted(folder, left >> 20, reserve >> 20));
    }
}

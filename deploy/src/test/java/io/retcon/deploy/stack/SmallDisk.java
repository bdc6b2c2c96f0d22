package io.retcon.deploy.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of so many megabytes, in memory; whoever may not mount one skips the test aloud. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static SmallDisk mount(Path path, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(path);
        int code =
                run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", path);
        assumeTrue(code == 0, "this user may not mount a small disk, so a full one is not tried");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** Leaves so many megabytes, or nothing at all. */
    void fill(int left) throws IOException {
        try (var out = Files.newOutputStream(path.resolve("filler"))) {
            var block = new byte[1 << 20];
            while (path.toFile().getUsableSpace() > (long) left << 20) {
                out.write(block);
            }
        } catch (IOException full) {
            if (left > 0) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(path.resolve("filler"));
    }

    private static int run(Object... command) throws IOException, InterruptedException {
        var words = java.util.Arrays.stream(command).map(Object::toString).toList();
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", path);
    }
}

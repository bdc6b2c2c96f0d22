package io.retcon.retrainer.retraining;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.LossPoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The losses of one retraining, evenly thinned; kept in a file of lines {@code step TAB loss}
 * and one with their CRC32C, beside its states and its checkpoint, so that one that goes on elsewhere has them all. Not
 * thread-safe.
 */
final class LossCurve {
    static final int MOST = 256;
    private static final String SUM = "crc32c\t";
    private static final String FILE = "losses.tsv";

    private final long every;
    private final long last;
    private final List<LossPoint> points = new ArrayList<>();

    private LossCurve(long every, long last) {
        this.every = every;
        this.last = last;
    }

    /** Of a retraining over the window; the first and the last loss are always kept. */
    static LossCurve over(Window window) {
        return new LossCurve(Math.ceilDiv(window.steps(), MOST - 1), window.to() - 1);
    }

    /**
     * @param folder that may have the file
     * @param before points from this step on are trained again and left out
     */
    void resume(Path folder, long before) {
        points.clear();
        read(folder).stream().filter(point -> point.getStep() < before).forEach(points::add);
    }

    /** Forgets what was added. */
    void restart() {
        points.clear();
    }

    /**
     * @param step steps seen before the update
     * @param place of the update in the retraining, from 0
     */
    void add(long step, long place, double loss) {
        if (place % every == 0 || step == last) {
            points.add(new LossPoint(step, loss));
        }
    }

    List<LossPoint> points() {
        return List.copyOf(points);
    }

    /** Writes the file, which appears whole. */
    void save(Path folder) {
        var text =
                points.stream()
                        .map(point -> point.getStep() + "\t" + point.getLoss() + "\n")
                        .collect(Collectors.joining());
        try {
            Files.createDirectories(folder);
            var draft = Files.writeString(folder.resolve(FILE + ".new"), text + sum(text));
            Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the folder has the file, undamaged. */
    static boolean isIn(Path folder) {
        try {
            read(folder);
            return Files.exists(folder.resolve(FILE));
        } catch (RefusedInput damaged) {
            return false;
        }
    }

    /**
     * What the folder's file says; nothing where there is none.
     *
     * @throws RefusedInput if it is damaged
     */
    static List<LossPoint> read(Path folder) {
        requireNonNull(folder, "folder is null");
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            var text = new String(Files.readAllBytes(file), UTF_8);
            int end = text.lastIndexOf(SUM);
            if (end < 0 || !text.substring(end).equals(sum(text.substring(0, end)))) {
                throw new RefusedInput(
                        "%s: the file is damaged: its CRC32C is not the one in its last line"
                                .formatted(file));
            }
            return text.substring(0, end)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(f -> new LossPoint(Long.parseLong(f[0]), Double.parseDouble(f[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line. */
    private static String sum(String points) {
        var crc = new CRC32C();
        crc.update(points.getBytes(UTF_8));
        return "%s%08x\n".formatted(SUM, crc.getValue());
    }
}

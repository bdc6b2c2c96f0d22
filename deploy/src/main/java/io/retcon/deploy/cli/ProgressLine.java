package io.retcon.deploy.cli;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.log.JsonLoggers;
import io.retcon.schemas.record.Progress;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a command is, on standard error: one line that is written over on a terminal, and
 * elsewhere a line at most every two seconds. Thread-safe.
 */
public final class ProgressLine implements AutoCloseable {
    /** What standard error leads to. */
    public enum Target {
        TERMINAL(Duration.ofMillis(100)),
        PLAIN(Duration.ofSeconds(2));

        private final long pauseNanos;

        Target(Duration pause) {
            pauseNanos = pause.toNanos();
        }

        /** As the launcher found it: a JVM can't tell for standard error. */
        static Target ofStandardError() {
            return "1".equals(System.getenv("RETCON_TERMINAL")) ? TERMINAL : PLAIN;
        }
    }

    private static final String CLEAR = "\r\u001b[K";

    /** A line that the terminal wraps could not be written over. */
    private static final int NARROWEST = 79;

    /** Seconds into a stage before its rate says anything. */
    private static final double TELLING = 0.5;

    private final PrintStream err;
    private final Target target;
    private final LongSupplier nanoTime;
    private String stage = "";
    private long stageStart;
    private long lastPrint;
    private long lastDone;
    private long doneBefore; // what the stage had done when it was first named: a resumed one has
    private String unsaid = "";

    ProgressLine(PrintStream err, Target target, LongSupplier nanoTime) {
        this.err = requireNonNull(err, "err is null");
        this.target = requireNonNull(target, "target is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** Nowhere, where standard error is for the log alone. */
    public static ProgressLine onStandardError() {
        var err = JsonLoggers.isAsked() ? nowhere() : System.err;
        return new ProgressLine(err, Target.ofStandardError(), System::nanoTime);
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    /** Begins a stage of which it isn't known how long it takes. */
    public synchronized void stage(String name) {
        enter(name);
        show(name);
    }

    /**
     * Says how far a stage is; the stage begins when it is first named.
     *
     * @param total how much there is to do, in the unit of {@code done}; 0 if that isn't known
     */
    public synchronized void update(String name, long done, long total) {
        begin(name, done);
        long nanos = nanoTime.getAsLong() - stageStart;
        advance(line(name, done, total) + pace(done, total, done - doneBefore, nanos), done, total);
    }

    /** Says how far a training is, and how it goes. */
    public synchronized void update(String name, long done, long total, TrainingFigures figures) {
        begin(name, done);
        advance(line(name, done, total) + "  " + figures.text(), done, total);
    }

    /** Says how far somebody says a stage is, and how it goes where it is a training. */
    public void update(String name, Progress progress) {
        TrainingFigures.of(progress)
                .ifPresentOrElse(
                        f -> update(name, progress.getDone(), progress.getTotal(), f),
                        () -> update(name, progress.getDone(), progress.getTotal()));
    }

    private void begin(String name, long done) {
        if (!name.equals(stage)) {
            enter(name);
            doneBefore = done;
        }
    }

    private void advance(String line, long done, long total) {
        long now = nanoTime.getAsLong();
        boolean justDone = total > 0 && done >= total && lastDone < total;
        if (now - lastPrint >= target.pauseNanos || justDone) {
            show(line);
        } else if (done != lastDone) {
            unsaid = line;
        }
        lastDone = done;
    }

    /** A line that stays, above the progress. */
    public synchronized void note(String text) {
        err.print((target == Target.TERMINAL ? CLEAR : "") + text + System.lineSeparator());
        err.flush();
    }

    /** Ends the last stage: clears the line on a terminal, prints what is unsaid elsewhere. */
    @Override
    public synchronized void close() {
        settle();
        if (target == Target.TERMINAL) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private void enter(String name) {
        settle();
        stage = name;
        lastDone = 0;
        doneBefore = 0;
        stageStart = nanoTime.getAsLong();
        lastPrint = stageStart - target.pauseNanos;
    }

    private void settle() {
        if (target == Target.PLAIN && !unsaid.isEmpty()) {
            show(unsaid);
        }
        unsaid = "";
    }

    private void show(String line) {
        if (target == Target.TERMINAL) {
            err.print(CLEAR + line.substring(0, Math.min(line.length(), NARROWEST)));
        } else {
            err.println(line);
        }
        err.flush();
        lastPrint = nanoTime.getAsLong();
        unsaid = "";
    }

    private static String line(String stage, long done, long total) {
        var line = text("%s  %,d", stage, done);
        return total > 0 ? line + text("/%,d (%d%%)", total, 100 * done / total) : line;
    }

    private static String pace(long done, long total, long doneSince, long nanos) {
        double seconds = nanos / 1e9;
        double rate = seconds >= TELLING ? doneSince / seconds : 0;
        if (rate <= 0) {
            return "";
        }
        var pace = text(rate < 100 ? "  %.1f/s" : "  %,.0f/s", rate);
        return done < total
                ? pace + "  " + clock(Math.round((total - done) / rate)) + " left"
                : pace;
    }

    static String clock(long seconds) {
        return seconds < 3600
                ? text("%d:%02d", seconds / 60, seconds % 60)
                : text("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

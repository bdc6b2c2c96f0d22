package io.retcon.deploy.dashboard.live;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.retcon.deploy.dashboard.board.Board;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The board that every viewer looks at. Each part is drawn once for all of them. A viewer that is
 * slow misses boards in between, and costs nobody else anything. Thread-safe.
 */
public final class LiveBoard {
    private static final int MOST_DRAWN = 4_096;

    private record Drawn(long changed, String html) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Cache<String, Drawn> drawn =
            Caffeine.newBuilder().maximumSize(MOST_DRAWN).build();
    private volatile Board board;
    private volatile boolean closed;

    public LiveBoard(Board first) {
        this.board = requireNonNull(first, "first is null");
    }

    public Board board() {
        return board;
    }

    /** Shows the next board. */
    public void show(Board next) {
        lock.lock();
        try {
            board = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets all viewers go. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** The board as soon as it is younger than {@code version}, or as it is after so long. */
    Board after(long version, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (board.version() <= version && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return board;
        } finally {
            lock.unlock();
        }
    }

    /** The board as soon as it is as wished, or as it is after so long. */
    public Board when(Predicate<Board> wished, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        var now = board;
        try {
            while (!wished.test(now) && !closed && System.nanoTime() < end) {
                now = after(now.version(), Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return now;
    }

    /** Waits, unless the board is closed. */
    void rest(Duration pause) throws InterruptedException {
        if (!closed) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /** What takes a page from {@code since} to the board; empty where nothing of it changed. */
    String update(View view, Board now, long since) {
        var update = new StringBuilder();
        for (var part : view.parts(now)) {
            if (part.changed() > since) {
                update.append(update(part, now, since));
            }
        }
        return update.toString();
    }

    private String update(Part part, Board now, long since) {
        var born = part.birth().filter(birth -> birth.version() > since);
        var html = html(part, now);
        return born.map(birth -> "<div hx-swap-oob=\"%s\">%s</div>".formatted(birth.place(), html))
                .orElseGet(() -> replacing(html));
    }

    /** The element, which takes the place of the one that has its id. */
    private static String replacing(String html) {
        int end = html.indexOf(' ');
        return html.substring(0, end) + " hx-swap-oob=\"true\"" + html.substring(end);
    }

    private String html(Part part, Board now) {
        return drawn.asMap()
                .compute(
                        part.id(),
                        (id, before) ->
                                before != null && before.changed() == part.changed()
                                        ? before
                                        : new Drawn(
                                                part.changed(),
                                                part.drawing().apply(now).toString()))
                .html();
    }
}

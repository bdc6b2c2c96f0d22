package io.retcon.deploy.dashboard.live;

import static java.util.Objects.requireNonNull;

import io.javalin.http.sse.SseClient;

import java.time.Duration;
import java.util.Optional;

/** Keeps one open page up to date by server-sent events until it is closed. */
public final class Viewer {
    /** What a page listens to. */
    public static final String UPDATE = "update";

    private static final String RELOAD = "reload";
    private static final Duration REST = Duration.ofMillis(150);
    private static final Duration PULSE = Duration.ofSeconds(15);

    private final LiveBoard live;
    private final String epoch;
    private final View view;
    private final SseClient client;

    /**
     * @param epoch this server's own word: versions of another one's say nothing
     */
    public Viewer(LiveBoard live, String epoch, View view, SseClient client) {
        this.live = requireNonNull(live, "live is null");
        this.epoch = requireNonNull(epoch, "epoch is null");
        this.view = requireNonNull(view, "view is null");
        this.client = requireNonNull(client, "client is null");
    }

    /** The name of what a page shows, which it gives back when it connects. */
    public static String version(String epoch, long version) {
        return epoch + "-" + version;
    }

    /**
     * Blocks until the page is closed.
     *
     * @param shown what the page shows, by {@link #version}
     */
    public void follow(String shown) throws InterruptedException {
        var known = known(shown);
        if (known.isEmpty()) {
            client.sendEvent(RELOAD, epoch);
            return;
        }
        long seen = known.get();
        var board = live.board();
        while (!client.terminated() && !live.isClosed()) {
            // Also where nothing changed: by being asked, a view knows that somebody looks.
            var update = live.update(view, board, seen);
            seen = Math.max(seen, board.version());
            if (update.isEmpty()) {
                client.sendComment("here");
            } else {
                client.sendEvent(UPDATE, update, version(epoch, seen));
                live.rest(REST);
            }
            board = live.after(seen, PULSE);
        }
    }

    private Optional<Long> known(String shown) {
        var prefix = epoch + "-";
        return shown.startsWith(prefix) && shown.substring(prefix.length()).matches("\\d{1,18}")
                ? Optional.of(Long.valueOf(shown.substring(prefix.length())))
                : Optional.empty();
    }
}

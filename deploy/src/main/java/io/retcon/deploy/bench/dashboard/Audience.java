package io.retcon.deploy.bench.dashboard;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Viewers of one page, which listen to its updates and note when they see which word. */
final class Audience implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    /** An update that a viewer saw, by {@link System#nanoTime}. */
    private record Sight(int word, long nanos) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI events;
    private final List<Thread> viewers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Sight> sights = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final int last;
    private final CountDownLatch seated;
    private final CountDownLatch gone;

    /**
     * @param events what the page listens to
     * @param last the word after which they go
     */
    Audience(URI events, int count, int last) {
        this.events = requireNonNull(events, "events is null");
        this.last = last;
        this.seated = new CountDownLatch(count);
        this.gone = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            viewers.add(Thread.ofVirtual().start(this::view));
        }
        await(seated, "be seated");
    }

    private void view() {
        try (var in =
                        client.send(
                                        HttpRequest.newBuilder(events)
                                                .header("Accept", "text/event-stream")
                                                .build(),
                                        BodyHandlers.ofInputStream())
                                .body();
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.readLine();
            seated.countDown();
            watch(lines);
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            seated.countDown();
            gone.countDown();
        }
    }

    private void watch(BufferedReader lines) throws IOException {
        int seen = -1;
        for (var line = lines.readLine(); line != null && seen < last; line = lines.readLine()) {
            var word = Words.in(line);
            if (word.isPresent() && word.getAsInt() > seen) {
                seen = word.getAsInt();
                sights.add(new Sight(seen, System.nanoTime()));
            }
        }
        if (seen < last) {
            failures.incrementAndGet();
        }
    }

    /** From when updates were said to when each viewer had them, once all have the last one. */
    Latencies received(List<Moment> said) {
        await(gone, "see the last update");
        if (failures.get() > 0) {
            throw new IllegalStateException(
                    "%d of %d viewers lost the dashboard"
                            .formatted(failures.get(), viewers.size()));
        }
        return new Latencies(
                sights.stream()
                        .map(sight -> (sight.nanos() - said.get(sight.word()).nanos()) / 1e6)
                        .toList());
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "%d viewers did not %s within %d s"
                                .formatted(latch.getCount(), what, PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted among the viewers", e);
        }
    }

    @Override
    public void close() {
        viewers.forEach(Thread::interrupt);
        client.shutdownNow();
    }
}

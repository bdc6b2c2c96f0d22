package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.BestDocuments;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Every question's nearest documents among all of a window's, by {@link InnerProducts}.
 *
 * <p>Questions go in groups whose rankings fit the memory, and each group reads all vectors once a
 * thread. Neither groups, threads nor parts change a bit of what is found.
 */
public final class ExactSearch {
    /** For rankings, over all threads. */
    private static final long MEMORY = 512L << 20;

    /** An int and a double, twice k of them, and half of that again while they grow. */
    private static final long BYTES_A_DOCUMENT = 36;

    private final List<Part<?>> parts;
    private final int dimension;
    private final int threads;

    /**
     * @param parts at least one, all of one dimension
     */
    public ExactSearch(List<? extends Part<?>> parts, int threads) {
        this.parts = List.copyOf(parts);
        this.threads = threads;
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
        dimension = parts.getFirst().vectors().dimension();
        for (var part : parts) {
            if (part.vectors().dimension() != dimension) {
                throw new IllegalArgumentException("parts differ in dimension");
            }
        }
    }

    /** Gives what is nearest to each question, in the questions' order. */
    public void find(List<float[]> questions, Nearest nearest, RankedDocuments sink) {
        requireNonNull(nearest, "nearest is null");
        requireNonNull(sink, "sink is null");
        for (var question : questions) {
            if (question.length != dimension) {
                throw new IllegalArgumentException(
                        "a question has %d components".formatted(question.length));
            }
        }
        int group = threads * questionsAThread(nearest);
        try (var workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("exact-", 0).factory())) {
            for (int first = 0; first < questions.size(); first += group) {
                int last = Math.min(questions.size(), first + group);
                findGroup(workers, questions.subList(first, last), first, nearest, sink);
            }
        }
    }

    private int questionsAThread(Nearest nearest) {
        long documents = parts.stream().mapToLong(part -> part.vectors().documents()).sum();
        long each = BYTES_A_DOCUMENT * Math.clamp(documents, 1, nearest.k());
        int fit = Math.clamp(MEMORY / threads / each, 1, 1 << 16);
        // Whole tiles, as a part of one costs as much.
        return Math.max(InnerProducts.ROWS, fit / InnerProducts.ROWS * InnerProducts.ROWS);
    }

    private void findGroup(
            ExecutorService workers,
            List<float[]> questions,
            int first,
            Nearest nearest,
            RankedDocuments sink) {
        int each = Math.ceilDiv(Math.ceilDiv(questions.size(), threads), InnerProducts.ROWS);
        each *= InnerProducts.ROWS;
        var found = new ArrayList<CompletableFuture<BestDocuments[]>>();
        for (int from = 0; from < questions.size(); from += each) {
            var share = questions.subList(from, Math.min(questions.size(), from + each));
            found.add(CompletableFuture.supplyAsync(() -> scan(share, nearest), workers));
        }
        int question = first;
        for (var share : found) {
            for (var best : join(share)) {
                sink.accept(question++, best.documents(best.size()), best.scores(best.size()));
            }
        }
    }

    private BestDocuments[] scan(List<float[]> questions, Nearest nearest) {
        var scan = new Scan(questions, dimension, nearest);
        parts.forEach(scan::read);
        return scan.best();
    }

    private static BestDocuments[] join(CompletableFuture<BestDocuments[]> share) {
        try {
            return share.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("searching vectors", e.getCause());
        }
    }
}

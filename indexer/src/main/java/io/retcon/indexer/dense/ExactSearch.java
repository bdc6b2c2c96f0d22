package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.BestDocuments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** An int and a double a document, and half of that again for room. */
    private static final long BYTES_A_DOCUMENT = 18;

    /** Questions a thread, at most. */
    private static final int LARGEST_GROUP = 1 << 16;

    private final List<Part<?>> parts;
    private final int dimension;
    private final int threads;
    private final long documentsAThread;
    private final long documents;

    /**
     * @param parts at least one, all of one dimension
     */
    public ExactSearch(List<? extends Part<?>> parts, int threads) {
        this(parts, threads, MEMORY);
    }

    /**
     * @param memory for rankings, in bytes, over all threads
     */
    ExactSearch(List<? extends Part<?>> parts, int threads, long memory) {
        this.parts = List.copyOf(parts);
        this.threads = threads;
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
        documentsAThread = memory / threads / BYTES_A_DOCUMENT;
        documents = parts.stream().mapToLong(part -> part.vectors().documents()).sum();
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
        int least = threads * questionsAThread(nearest);
        int group = least;
        // Where only a threshold ends rankings, how long they are shows when they are there.
        boolean mayGrow = documents <= nearest.k();
        try (var workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("exact-", 0).factory())) {
            int first = 0;
            while (first < questions.size()) {
                int last = Math.min(questions.size(), first + group);
                var found = rankings(workers, questions.subList(first, last), nearest);
                if (found.isEmpty()) {
                    group = Math.max(least, group / 2);
                    mayGrow = false;
                    continue;
                }
                for (var best : found.get()) {
                    sink.accept(first++, best.documents(best.size()), best.scores(best.size()));
                }
                if (mayGrow) {
                    group = Math.min(2 * group, threads * LARGEST_GROUP);
                }
            }
        }
    }

    /** As many as fit whatever is found. */
    private int questionsAThread(Nearest nearest) {
        long each = Math.clamp(documents, 1, nearest.k()) * 2;
        int fit = Math.clamp(documentsAThread / each, 1, LARGEST_GROUP);
        // Whole tiles, as a part of one costs as much.
        return Math.max(1, fit / InnerProducts.ROWS) * InnerProducts.ROWS;
    }

    /** Nothing, if together they are more than the memory is for. */
    private Optional<List<BestDocuments>> rankings(
            ExecutorService workers, List<float[]> questions, Nearest nearest) {
        int each = Math.ceilDiv(Math.ceilDiv(questions.size(), threads), InnerProducts.ROWS);
        each *= InnerProducts.ROWS;
        var shares = new ArrayList<CompletableFuture<Optional<List<BestDocuments>>>>();
        for (int from = 0; from < questions.size(); from += each) {
            var share = questions.subList(from, Math.min(questions.size(), from + each));
            shares.add(CompletableFuture.supplyAsync(() -> scan(share, nearest), workers));
        }
        var found = new ArrayList<BestDocuments>(questions.size());
        boolean fit = true;
        for (var share : shares) {
            var best = join(share);
            fit &= best.isPresent();
            best.ifPresent(found::addAll);
        }
        return fit ? Optional.of(found) : Optional.empty();
    }

    private Optional<List<BestDocuments>> scan(List<float[]> questions, Nearest nearest) {
        long most = questions.size() > InnerProducts.ROWS ? documentsAThread : Long.MAX_VALUE;
        var scan = new Scan(questions, dimension, nearest, most);
        for (var part : parts) {
            if (!scan.read(part)) {
                return Optional.empty();
            }
        }
        return Optional.of(scan.best());
    }

    private static <T> T join(CompletableFuture<T> share) {
        try {
            return share.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("searching vectors", e.getCause());
        }
    }
}

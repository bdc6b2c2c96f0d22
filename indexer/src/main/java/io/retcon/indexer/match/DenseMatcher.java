package io.retcon.indexer.match;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.indexer.dense.ApproximateSearch;
import io.retcon.indexer.dense.DocumentQueue;
import io.retcon.indexer.dense.Encoder;
import io.retcon.indexer.dense.ExactSearch;
import io.retcon.indexer.dense.Nearest;
import io.retcon.indexer.dense.Part;
import io.retcon.indexer.dense.RankedDocuments;
import io.retcon.indexer.dense.Recall;
import io.retcon.indexer.dense.SpilledVectors;
import io.retcon.indexer.dense.VectorGraph;
import io.retcon.indexer.dense.Vectors;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Outcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The documents of the window whose vectors have the largest inner products with the item's, by a
 * pair of encoders (DPR, Karpukhin et al., 2020).
 *
 * @param encoder the encoders' folder, see {@link io.retcon.indexer.dense}
 * @param sha256 what {@link Encoder#sha256} must be, if that matters
 * @param threads how many texts are encoded and questions searched for at once; changes no result
 */
public record DenseMatcher(
        QueryText query,
        Path encoder,
        Optional<String> sha256,
        Cut cut,
        VectorSearch search,
        int threads)
        implements Matcher {
    private static final System.Logger LOG = System.getLogger(DenseMatcher.class.getName());

    /** Chooses the questions that tell what an approximate search misses. */
    private static final long SAMPLE_SEED = 1;

    public DenseMatcher {
        requireNonNull(query, "query is null");
        requireNonNull(encoder, "encoder is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(cut, "cut is null");
        requireNonNull(search, "search is null");
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
    }

    /**
     * Opens the encoders; the caller closes them.
     *
     * @throws RefusedInput if they are not there, not whole, or others than were asked for
     */
    public Encoder open() {
        var opened = new Encoder(encoder, threads);
        if (sha256.isPresent() && !sha256.get().equals(opened.sha256())) {
            opened.close();
            throw new RefusedInput(
                    "encoder %s has the SHA-256 %s, but %s was asked for: give that one"
                            .formatted(encoder, opened.sha256(), sha256.get()));
        }
        return opened;
    }

    /**
     * The items' vectors, in their order.
     *
     * @throws RefusedInput naming the first item that lacks a part of its query or that the
     *     encoders cannot read
     */
    public List<float[]> questions(Encoder opened, List<Item> items) {
        var vectors = opened.questions(items.stream().map(query::of).toList());
        var read = new ArrayList<float[]>(items.size());
        for (int i = 0; i < items.size(); i++) {
            switch (vectors.get(i)) {
                case Outcome.Done<float[]>(float[] vector) -> read.add(vector);
                case Outcome.Refused<float[]>(String reason) ->
                        throw new RefusedInput(
                                "item '%s' of %s: %s"
                                        .formatted(
                                                items.get(i).getId(),
                                                items.get(i).getBenchmark(),
                                                reason));
            }
        }
        return read;
    }

    /** By the encoders too, which may be unable to read one. */
    @Override
    public List<Item> findable(List<Item> items) {
        var whole = Matcher.super.findable(items);
        if (whole.isEmpty()) {
            return whole;
        }
        try (var encoders = open()) {
            var vectors = encoders.questions(whole.stream().map(query::of).toList());
            return IntStream.range(0, whole.size())
                    .filter(i -> vectors.get(i) instanceof Outcome.Done)
                    .mapToObj(whole::get)
                    .toList();
        }
    }

    @Override
    public void check(Item item) {
        query.of(item);
    }

    /** Keeps the documents' vectors in a temporary file, and searches them exactly at the end. */
    @Override
    public Matching begin(List<Item> items) {
        var opened = open();
        try {
            return new Pass(opened, questions(opened, items));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * What is nearest of all documents, whose vectors must stay readable.
     *
     * @param parts all of a window, by this matcher's encoder
     */
    public Matches matches(List<float[]> questions, List<? extends Part<?>> parts) {
        return sink -> new ExactSearch(parts, threads).find(questions, nearest(), rankedTo(sink));
    }

    /**
     * What walks through graphs come upon of what is nearest.
     *
     * @param parts all of a window, by this matcher's encoder
     * @param missed told, after the last item, what an exact search would have found
     */
    public Matches approximateMatches(
            List<float[]> questions, List<Part<VectorGraph>> parts, Consumer<Recall> missed) {
        return sink ->
                missed.accept(
                        new ApproximateSearch(parts, threads)
                                .find(questions, nearest(), SAMPLE_SEED, rankedTo(sink)));
    }

    private Nearest nearest() {
        return new Nearest(
                cut.topK().orElse(Cut.LARGEST_K), cut.threshold().orElse(Double.NEGATIVE_INFINITY));
    }

    private static RankedDocuments rankedTo(Consumer<ItemMatches> sink) {
        return (item, documents, scores) ->
                sink.accept(new ItemMatches.Scored(item, documents, scores));
    }

    private final class Pass implements Matching {
        private final Encoder opened;
        private final List<float[]> questions;
        private final SpilledVectors vectors;
        private final DocumentQueue queue;

        @Override
        public void close() {
            opened.close();
        }

        Pass(Encoder opened, List<float[]> questions) {
            this.opened = opened;
            this.questions = questions;
            this.vectors = new SpilledVectors(opened.dimension());
            this.queue =
                    new DocumentQueue(opened, vectors::add, message -> LOG.log(WARNING, message));
        }

        @Override
        public void add(byte[] text) {
            queue.add(text);
        }

        @Override
        public Matches end() {
            try (opened) {
                queue.flush();
                vectors.flush();
            }
            return matches(questions, List.of(Part.<Vectors>whole(vectors)));
        }
    }
}

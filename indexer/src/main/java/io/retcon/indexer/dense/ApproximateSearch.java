package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.BestDocuments;
import io.retcon.indexer.bm25.ScoreOrder;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Every question's documents that a walk through the graphs comes upon, with their exact inner
 * products; and what it misses. Worth it where few questions are asked of many documents, and
 * often: an exact search over all of them costs less than building the graph.
 */
public final class ApproximateSearch {
    /** Documents that a walk keeps in view, at least. */
    private static final int VIEW = 100;

    /** Questions at a time. */
    private static final int AT_ONCE = 64;

    /** Questions that are also searched exactly. */
    private static final int SAMPLE = 32;

    private final List<Part<VectorGraph>> parts;
    private final int threads;
    private final int[] starts;

    /**
     * @param parts at least one, all of one dimension
     */
    public ApproximateSearch(List<Part<VectorGraph>> parts, int threads) {
        this.parts = List.copyOf(parts);
        this.threads = threads;
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads);
        }
        this.starts = new int[parts.size() + 1];
        for (int part = 0; part < parts.size(); part++) {
            starts[part + 1] = starts[part] + parts.get(part).vectors().documents();
        }
    }

    /**
     * Gives what is found for each question, in the questions' order.
     *
     * @param seed of the sample of questions that tells the recall
     */
    public Recall find(List<float[]> questions, Nearest nearest, long seed, RankedDocuments sink) {
        requireNonNull(nearest, "nearest is null");
        requireNonNull(sink, "sink is null");
        var exact = exactly(questions, nearest, seed);
        var recalls = new double[exact.size()];
        int tried = 0;
        try (var reader = reader();
                var workers =
                        Executors.newFixedThreadPool(
                                threads, Thread.ofPlatform().daemon().factory())) {
            var searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            for (int first = 0; first < questions.size(); first += AT_ONCE) {
                var walks = new ArrayList<CompletableFuture<BestDocuments>>();
                for (int i = first; i < Math.min(questions.size(), first + AT_ONCE); i++) {
                    var question = questions.get(i);
                    walks.add(
                            CompletableFuture.supplyAsync(
                                    () -> find(searcher, question, nearest), workers));
                }
                for (int i = 0; i < walks.size(); i++) {
                    var best = walks.get(i).join();
                    int[] documents = best.documents(best.size());
                    if (exact.containsKey(first + i)) {
                        recalls[tried++] = share(documents, exact.get(first + i));
                    }
                    sink.accept(first + i, documents, best.scores(best.size()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Recall(
                tried,
                nearest.k(),
                IntStream.range(0, tried).mapToDouble(i -> recalls[i]).average().orElse(1),
                IntStream.range(0, tried).mapToDouble(i -> recalls[i]).min().orElse(1));
    }

    private MultiReader reader() throws IOException {
        var readers =
                parts.stream().map(part -> part.vectors().reader()).toArray(IndexReader[]::new);
        return new MultiReader(readers, false);
    }

    private BestDocuments find(IndexSearcher searcher, float[] question, Nearest nearest) {
        var best = new BestDocuments(nearest.k());
        int view = Math.min(starts[parts.size()], Math.max(nearest.k(), VIEW));
        if (view == 0) {
            return best;
        }
        var query = new KnnFloatVectorQuery(StoredVectors.VECTOR, question, view);
        var vector = new float[question.length];
        for (var hit : hits(searcher, query, view)) {
            int index = ReaderUtil.subIndex(hit.doc, starts);
            var part = parts.get(index);
            int document = hit.doc - starts[index];
            part.vectors().read(document, 1, vector);
            float score = InnerProducts.one(question, vector, 0);
            if (score >= nearest.threshold()) {
                best.offer(part.number().applyAsInt(document), score);
            }
        }
        best.sort(new ScoreOrder());
        return best;
    }

    private static ScoreDoc[] hits(IndexSearcher searcher, KnnFloatVectorQuery query, int view) {
        try {
            return searcher.search(query, view).scoreDocs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Integer, int[]> exactly(List<float[]> questions, Nearest nearest, long seed) {
        var random = new Random(seed);
        int[] sample =
                IntStream.generate(() -> random.nextInt(questions.size()))
                        .distinct()
                        .limit(Math.min(SAMPLE, questions.size()))
                        .sorted()
                        .toArray();
        var found = new HashMap<Integer, int[]>();
        new ExactSearch(parts, threads)
                .find(
                        IntStream.of(sample).mapToObj(questions::get).toList(),
                        nearest,
                        (question, documents, scores) -> found.put(sample[question], documents));
        return found;
    }

    private static double share(int[] found, int[] expected) {
        if (expected.length == 0) {
            return 1;
        }
        var all = new BitSet();
        IntStream.of(found).forEach(all::set);
        return (double) IntStream.of(expected).filter(all::get).count() / expected.length;
    }
}

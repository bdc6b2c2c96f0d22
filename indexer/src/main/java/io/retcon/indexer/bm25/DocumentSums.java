package io.retcon.indexer.bm25;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The sum of every document of a window at hand: those of the words that queries share, to which
 * each query adds its own and takes them away again. Not thread-safe.
 */
final class DocumentSums {
    /** In the sum of a document that is already among those with several words. */
    private static final long SEEN = Long.MIN_VALUE;

    private final int k;
    private final BestFirst order = new BestFirst();
    private final Runs runs = new Runs();
    private final BitSet displaced = new BitSet();
    private final long[] sums;
    private final int[] places;
    private int aloneTo;
    private SharedRanking shared = SharedRanking.NONE;
    private int[] several = new int[1 << 6];
    private long[] sumsOfSeveral = new long[1 << 6];

    /**
     * @param documents in the window
     * @param k documents a query, at most
     */
    DocumentSums(int documents, int k) {
        this.k = k;
        sums = new long[documents];
        places = new int[documents];
    }

    /** Adds up words alone. */
    SharedRanking sharedBy(WordRanking[] words) {
        load(SharedRanking.NONE);
        long most = 0;
        for (var word : words) {
            most += word.size();
        }
        var documents = new int[(int) Math.min(most, sums.length) + 1];
        int size = 0;
        for (var word : words) {
            int[] holders = word.documents();
            long[] weights = word.weights();
            for (int i = 0; i < holders.length; i++) {
                int document = holders[i];
                documents[size] = document;
                size += sums[document] == 0 ? 1 : 0;
                sums[document] += weights[i];
            }
        }
        documents = Arrays.copyOf(documents, size);
        var found = new long[size];
        for (int i = 0; i < size; i++) {
            found[i] = sums[documents[i]];
            sums[documents[i]] = 0;
        }
        order.sort(documents, found, size, Math.min(k, size));
        return SharedRanking.of(documents, found, k);
    }

    /** Puts the sums of shared words in place of those that were there. */
    void load(SharedRanking wanted) {
        if (wanted == shared) {
            return;
        }
        for (int document : shared.documents()) {
            sums[document] = 0;
            places[document] = 0;
        }
        shared = wanted;
        int[] documents = shared.documents();
        long[] wantedSums = shared.sums();
        for (int i = 0; i < documents.length; i++) {
            sums[documents[i]] = wantedSums[i];
        }
        for (int rank = 0; rank < shared.ranked(); rank++) {
            places[documents[rank]] = rank + 1;
        }
    }

    /**
     * The best documents of a query that has the shared words and {@code own}, repeats included.
     * Most documents hold one word alone: those of each word are in order already.
     */
    Ranking ranking(WordRanking[] own) {
        for (var word : own) {
            add(word);
        }
        runs.clear();
        int count = 0;
        for (var word : own) {
            count = takeAway(word, count);
        }
        int gone = rankSeveral(count);
        var ranking = shared.with(runs, displaced, gone, k);
        displaced.clear();
        return ranking;
    }

    private void add(WordRanking word) {
        int[] documents = word.documents();
        long[] weights = word.weights();
        for (int i = 0; i < documents.length; i++) {
            sums[documents[i]] += weights[i];
        }
    }

    /**
     * Makes a run of the documents that hold no other word, and puts the others aside. Behind the
     * best k of a word none that is alone can be among the query's best.
     *
     * @param count of those that are there already
     * @return how many there are then
     */
    private int takeAway(WordRanking word, int count) {
        int ordered = word.order(k, order);
        runs.makeRoom(word.size());
        int there = takeAway(word, 0, ordered, count);
        runs.end(aloneTo);
        return takeAway(word, ordered, word.size(), there);
    }

    private int takeAway(WordRanking word, int from, int to, int count) {
        int[] documents = word.documents();
        long[] weights = word.weights();
        int[] alone = runs.documents();
        long[] sumsAlone = runs.sums();
        long least = shared.least();
        int end = runs.size();
        int there = count;
        for (int i = from; i < to; i++) {
            int document = documents[i];
            long weight = weights[i];
            long sum = sums[document];
            if (sum == weight) {
                sums[document] = 0;
                alone[end] = document;
                sumsAlone[end] = weight;
                end += weight >= least ? 1 : 0;
            } else if (sum < 0) {
                sums[document] = sum - weight;
            } else {
                sums[document] = sum - weight | SEEN;
                if (there == several.length) {
                    several = Arrays.copyOf(several, 2 * there);
                    sumsOfSeveral = Arrays.copyOf(sumsOfSeveral, 2 * there);
                }
                several[there] = document;
                sumsOfSeveral[there++] = ExactScores.rounded(sum);
            }
        }
        aloneTo = end;
        return there;
    }

    /**
     * Makes a run of the documents that hold several words.
     *
     * @return how many of them were in the shared ranking
     */
    private int rankSeveral(int count) {
        long least = shared.least();
        int kept = 0;
        int gone = 0;
        for (int i = 0; i < count; i++) {
            int document = several[i];
            sums[document] &= ~SEEN;
            if (places[document] > 0) {
                displaced.set(places[document] - 1);
                gone++;
            }
            long sum = sumsOfSeveral[i];
            several[kept] = document;
            sumsOfSeveral[kept] = sum;
            kept += sum >= least ? 1 : 0;
        }
        int best = Math.min(kept, k);
        order.sort(several, sumsOfSeveral, kept, best);
        runs.makeRoom(best);
        System.arraycopy(several, 0, runs.documents(), runs.size(), best);
        System.arraycopy(sumsOfSeveral, 0, runs.sums(), runs.size(), best);
        runs.end(runs.size() + best);
        return gone;
    }
}

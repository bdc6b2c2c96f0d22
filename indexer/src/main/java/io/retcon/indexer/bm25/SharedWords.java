package io.retcon.indexer.bm25;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which words of each query are added up once for all queries that have them. A query's words, the
 * most used first, are a path in a tree, which it shares down to where that spares most postings.
 * The choice decides how fast rankings are found, never what they are. Immutable.
 */
final class SharedWords {
    /** What it costs to put sums in place, beside adding them up. */
    private static final double SWITCH = 0.5;

    /** So many words are shared at most, that the tree of long queries stays small. */
    private static final int DEEPEST = 128;

    private final int[][] paths;
    private final int[] depths;
    private final int[] groups;

    /** What the queries share that have the same most used words. */
    private static final class Node {
        private final int number;
        private final Map<Integer, Node> children = new HashMap<>();
        private final int depth;
        private final long postings;
        private int uses;
        private int switches;
        private int last = -2;

        private Node(int number, int depth, long postings) {
            this.number = number;
            this.depth = depth;
            this.postings = postings;
        }

        private Node child(int word, int postingsOfWord, int number) {
            return children.computeIfAbsent(
                    word, _ -> new Node(number, depth + 1, postings + postingsOfWord));
        }

        private void use(int query) {
            uses++;
            switches += last == query - 1 ? 0 : 1;
            last = query;
        }

        /** Postings that a query need not add up, on average, less what that costs. */
        private double spared() {
            return depth == 0 ? 0 : postings * (uses - 1 - SWITCH * switches) / uses;
        }
    }

    SharedWords(QueryWords queries, WordRanking[] words) {
        paths = new int[queries.queries()][];
        depths = new int[paths.length];
        groups = new int[paths.length];
        int[] uses = uses(queries);
        var root = new Node(0, 0, 0);
        int nodes = 1;
        for (int query = 0; query < paths.length; query++) {
            paths[query] = mostUsedFirst(queries.query(query), uses);
            var node = root;
            for (int depth = 0; depth < shareable(paths[query], uses); depth++) {
                int word = paths[query][depth];
                node = node.child(word, words[word].size(), nodes);
                node.use(query);
                nodes += node.number == nodes ? 1 : 0;
            }
        }
        for (int query = 0; query < paths.length; query++) {
            var best = root;
            var node = root;
            for (int depth = 0; depth < shareable(paths[query], uses); depth++) {
                node = node.children.get(paths[query][depth]);
                best = node.spared() > best.spared() ? node : best;
            }
            depths[query] = best.depth;
            groups[query] = best.number;
        }
    }

    /** The same for all queries that share the same words, and for no other. */
    int group(int query) {
        return groups[query];
    }

    /** Those that are shared, repeats included. */
    int[] shared(int query) {
        return Arrays.copyOf(paths[query], depths[query]);
    }

    /** The others, repeats included. */
    int[] own(int query) {
        return Arrays.copyOfRange(paths[query], depths[query], paths[query].length);
    }

    /** How many of the first words of a path another query may share. */
    private static int shareable(int[] path, int[] uses) {
        int most = Math.min(path.length, DEEPEST);
        int depth = 0;
        while (depth < most && uses[path[depth]] > 1) {
            depth++;
        }
        return depth;
    }

    private static int[] uses(QueryWords queries) {
        var uses = new int[queries.size()];
        for (int query = 0; query < queries.queries(); query++) {
            for (int word : queries.query(query)) {
                uses[word]++;
            }
        }
        return uses;
    }

    private static int[] mostUsedFirst(int[] words, int[] uses) {
        var keys = new long[words.length];
        Arrays.setAll(keys, i -> (long) -uses[words[i]] << Integer.SIZE | words[i]);
        Arrays.sort(keys);
        var sorted = new int[words.length];
        Arrays.setAll(sorted, i -> (int) keys[i]);
        return sorted;
    }
}

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

    private final int[][] paths;
    private final Node[] nodes;

    /** What the queries share that have the same most used words. */
    static final class Node {
        private final Map<Integer, Node> children = new HashMap<>();
        private final int depth;
        private final long postings;
        private int uses;
        private int switches;
        private int last = -2;

        private Node(int depth, long postings) {
            this.depth = depth;
            this.postings = postings;
        }

        private Node child(int word, int postingsOfWord) {
            return children.computeIfAbsent(
                    word, _ -> new Node(depth + 1, postings + postingsOfWord));
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
        nodes = new Node[paths.length];
        int[] uses = uses(queries);
        var root = new Node(0, 0);
        for (int query = 0; query < paths.length; query++) {
            paths[query] = mostUsedFirst(queries.query(query), uses);
            var node = root;
            for (int word : paths[query]) {
                if (uses[word] == 1) {
                    break;
                }
                node = node.child(word, words[word].size());
                node.use(query);
            }
        }
        for (int query = 0; query < paths.length; query++) {
            nodes[query] = root;
            var node = root;
            for (int word : paths[query]) {
                node = node.children.get(word);
                if (node == null) {
                    break;
                }
                if (node.spared() > nodes[query].spared()) {
                    nodes[query] = node;
                }
            }
        }
    }

    /** The same one for all queries that share the same words. */
    Node node(int query) {
        return nodes[query];
    }

    /** Those that are shared, repeats included. */
    int[] shared(int query) {
        return Arrays.copyOf(paths[query], nodes[query].depth);
    }

    /** The others, repeats included. */
    int[] own(int query) {
        return Arrays.copyOfRange(paths[query], nodes[query].depth, paths[query].length);
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

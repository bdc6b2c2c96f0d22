package io.retcon.indexer.terms;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Terms as a double-array trie over bytes (Aoe, 1989): the child of node {@code n} by byte {@code
 * b} is {@code base[n] + b}, if that cell's {@code parent} is {@code n}.
 */
final class TermTrie {
    private static final int ROOT = 0;
    private static final int NONE = -1;
    private static final int TAKEN = -2;
    private static final int PATIENCE = 256;

    private int[] base = new int[1 << 10];
    private int[] parent = new int[1 << 10];
    private int[] term = new int[1 << 10];
    private int searchFrom = 1;

    /** The terms from {@code from} to {@code to}−1 of the sorted list share the path to a node. */
    private record Branch(int node, int from, int to, int depth) {}

    TermTrie(List<byte[]> terms) {
        Arrays.fill(parent, NONE);
        Arrays.fill(term, NONE);
        parent[ROOT] = TAKEN;
        var sorted = new Integer[terms.size()];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, Comparator.comparing(terms::get, Arrays::compareUnsigned));

        var open = new ArrayDeque<Branch>();
        open.add(new Branch(ROOT, 0, sorted.length, 0));
        var labels = new int[256];
        var ends = new int[256];
        while (!open.isEmpty()) {
            var branch = open.remove();
            int from = branch.from();
            int children = 0;
            for (int i = from; i < branch.to(); i++) {
                var bytes = terms.get(sorted[i]);
                if (bytes.length == branch.depth()) {
                    term[branch.node()] = sorted[i];
                    from = i + 1;
                    continue;
                }
                int label = bytes[branch.depth()] & 0xFF;
                if (children == 0 || labels[children - 1] != label) {
                    labels[children++] = label;
                }
                ends[children - 1] = i + 1;
            }
            if (children == 0) {
                continue;
            }
            int offset = room(labels, children);
            base[branch.node()] = offset;
            for (int child = 0; child < children; child++) {
                int node = offset + labels[child];
                parent[node] = branch.node();
                open.add(new Branch(node, from, ends[child], branch.depth() + 1));
                from = ends[child];
            }
        }
    }

    /** Adds every term that starts at {@code start} of {@code text}, shortest first. */
    void walk(byte[] text, int start, TermHits hits) {
        int node = ROOT;
        for (int at = start; at < text.length; at++) {
            int child = base[node] + (text[at] & 0xFF);
            if (parent[child] != node) {
                return;
            }
            node = child;
            if (term[node] != NONE) {
                hits.add(term[node], start);
            }
        }
    }

    /**
     * An offset at which the cells of all labels are free. A search that took long raises where the
     * next one starts: holes are left behind, but building stays linear.
     */
    private int room(int[] labels, int count) {
        int first = Math.max(searchFrom, labels[0] + 1);
        int cell = first;
        grow(cell - labels[0] + 256);
        while (!free(cell - labels[0], labels, count)) {
            cell++;
            grow(cell - labels[0] + 256);
        }
        if (cell - first > PATIENCE) {
            searchFrom = cell - PATIENCE / 2;
        }
        return cell - labels[0];
    }

    private boolean free(int offset, int[] labels, int count) {
        for (int i = 0; i < count; i++) {
            if (parent[offset + labels[i]] != NONE) {
                return false;
            }
        }
        return true;
    }

    private void grow(int size) {
        int old = parent.length;
        if (size <= old) {
            return;
        }
        int grown = Math.max(size, 2 * old);
        base = Arrays.copyOf(base, grown);
        parent = Arrays.copyOf(parent, grown);
        term = Arrays.copyOf(term, grown);
        Arrays.fill(parent, old, grown, NONE);
        Arrays.fill(term, old, grown, NONE);
    }
}

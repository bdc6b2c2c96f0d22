package io.retcon.indexer.terms;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Terms as a double-array trie over bytes (Aoe, 1989): the child of node {@code n} by byte {@code
 * b} is cell {@code base(n) + b}, if that cell's parent is {@code n}. Parent and base lie in one
 * number, so that a step reads one cache line; where one term alone is left, its remaining bytes
 * are compared instead.
 */
final class TermTrie {
    private static final int ROOT = 0;
    private static final int NONE = -1;
    private static final int TAKEN = -2;
    private static final int PATIENCE = 256;

    /** Set in the base of a node where a term ends and others go on. */
    private static final int ENDS = 1 << 30;

    private final byte[][] terms;
    private final int rootBase;

    /**
     * The parent above, the base below; the base of a leaf is {@code ~term}, that of the only term
     * left.
     */
    private long[] cells = new long[1 << 10];

    /** The term that ends at a node, where {@link #ENDS} says so. */
    private int[] ending = new int[1 << 10];

    private int searchFrom = 1;

    /** The terms from {@code from} to {@code to}−1 of the sorted list share the path to a node. */
    private record Branch(int node, int from, int to, int depth) {
        boolean isLeaf() {
            return depth > 0 && to - from == 1;
        }
    }

    TermTrie(List<byte[]> terms) {
        this.terms = terms.toArray(byte[][]::new);
        Arrays.fill(cells, cell(NONE, 0));
        cells[ROOT] = cell(TAKEN, 0);
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
            if (branch.isLeaf()) {
                cells[branch.node()] = cell(parent(branch.node()), ~sorted[from]);
                continue;
            }
            int flag = 0;
            int children = 0;
            for (int i = from; i < branch.to(); i++) {
                var bytes = terms.get(sorted[i]);
                if (bytes.length == branch.depth()) {
                    flag = ENDS;
                    ending[branch.node()] = sorted[i];
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
            cells[branch.node()] = cell(parent(branch.node()), offset | flag);
            for (int child = 0; child < children; child++) {
                int node = offset + labels[child];
                cells[node] = cell(branch.node(), 0);
                open.add(new Branch(node, from, ends[child], branch.depth() + 1));
                from = ends[child];
            }
        }
        rootBase = base(ROOT);
    }

    /** Adds every term that starts at {@code start} of {@code text}, shortest first. */
    void walk(byte[] text, int start, TermHits hits) {
        int node = ROOT;
        int base = rootBase;
        for (int at = start; at < text.length; at++) {
            int child = base + (text[at] & 0xFF);
            if (parent(child) != node) {
                return;
            }
            node = child;
            base = base(node);
            if (base < 0) {
                if (endsWith(text, start, at + 1, terms[~base])) {
                    hits.add(~base, start);
                }
                return;
            }
            if (base >= ENDS) {
                base -= ENDS;
                hits.add(ending[node], start);
            }
        }
    }

    /** Whether the term is there from {@code start} on, which it is before {@code from}. */
    private static boolean endsWith(byte[] text, int start, int from, byte[] term) {
        if (start + term.length > text.length) {
            return false;
        }
        for (int at = from - start; at < term.length; at++) {
            if (text[start + at] != term[at]) {
                return false;
            }
        }
        return true;
    }

    private static long cell(int parent, int base) {
        return (long) parent << Integer.SIZE | base & 0xFFFFFFFFL;
    }

    private int parent(int node) {
        return (int) (cells[node] >> Integer.SIZE);
    }

    private int base(int node) {
        return (int) cells[node];
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
            if (parent(offset + labels[i]) != NONE) {
                return false;
            }
        }
        return true;
    }

    private void grow(int size) {
        int old = cells.length;
        if (size <= old) {
            return;
        }
        cells = Arrays.copyOf(cells, Math.max(size, 2 * old));
        ending = Arrays.copyOf(ending, cells.length);
        Arrays.fill(cells, old, cells.length, cell(NONE, 0));
    }
}

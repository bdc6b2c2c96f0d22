package io.retcon.retrainer.kernels;

/**
 * Attention of a passage's branches, which see its whole text, their ancestors and themselves: many
 * continuations of one text in one pass. Forward only.
 */
public final class BranchAttentionKernel {
    private final Matrix scores;
    private final Matrix kin;

    /** Room for texts of up to {@code longest} rows and branches as deep. */
    public BranchAttentionKernel(FloatArena arena, int longest) {
        scores = arena.matrix(AttentionKernel.BLOCK, longest);
        kin = arena.matrix(1, longest);
    }

    /** Sets the branches' rows of out; those of q, k, v are the projections of the branches. */
    public void forward(Passage passage, Heads q, Heads k, Heads v, Heads out) {
        int block = AttentionKernel.BLOCK;
        int branches = passage.parents().size();
        for (int h = 0; h < q.count(); h++) {
            int shared = h / (q.count() / k.count());
            for (int i = 0; i < branches; i += block) {
                forward(
                        passage,
                        i,
                        Math.min(block, branches - i),
                        q.head(h),
                        k.head(shared),
                        v.head(shared),
                        out.head(h));
            }
        }
    }

    private void forward(
            Passage passage, int from, int count, Matrix q, Matrix k, Matrix v, Matrix out) {
        int length = passage.length();
        int width = q.columns();
        int firstBranch = passage.first() + length;
        float scale = (float) (1 / Math.sqrt(width));
        var text = k.from(passage.first());
        var rows = q.from(firstBranch + from);
        Gemm.abT(count, length, width, scale, rows, text, Store.SET, scores);
        var textValues = v.from(passage.first());
        var results = out.from(firstBranch + from);
        var shares = new float[count][];
        for (int r = 0; r < count; r++) {
            shares[r] = softmaxWithKin(passage, from + r, r, q, k, scale);
        }
        Gemm.ab(count, width, length, 1, scores, textValues, Store.SET, results);
        for (int r = 0; r < count; r++) {
            int branch = from + r;
            for (float share : shares[r]) {
                Rows.addScaled(out, firstBranch + from + r, share, v, firstBranch + branch);
                branch = passage.parents().get(branch);
            }
        }
    }

    /**
     * Softmax over the text's scores in row r and those of branch {@code branch} and its ancestors.
     *
     * @return the probabilities of the branch itself, its parent, and so on
     */
    private float[] softmaxWithKin(
            Passage passage, int branch, int r, Matrix q, Matrix k, float scale) {
        int firstBranch = passage.first() + passage.length();
        int depth = 0;
        for (int b = branch; b >= 0; b = passage.parents().get(b)) {
            float score =
                    Lanes.dot(
                            q.segment(),
                            q.at(firstBranch + branch),
                            k.segment(),
                            k.at(firstBranch + b),
                            q.columns());
            kin.set(0, depth++, score * scale);
        }
        double text = CrossEntropyKernel.logSumExp(scores.columns(0, passage.length()), r);
        double own = CrossEntropyKernel.logSumExp(kin.columns(0, depth), 0);
        double larger = Math.max(text, own);
        double log =
                larger
                        + StrictMath.log(
                                StrictMath.exp(text - larger) + StrictMath.exp(own - larger));
        CrossEntropyKernel.probabilities(scores.columns(0, passage.length()), r, log, 1);
        CrossEntropyKernel.probabilities(kin.columns(0, depth), 0, log, 1);
        var shares = new float[depth];
        for (int d = 0; d < depth; d++) {
            shares[d] = kin.get(0, d);
        }
        return shares;
    }
}

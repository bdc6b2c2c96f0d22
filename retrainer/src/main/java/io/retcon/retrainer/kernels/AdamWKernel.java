package io.retcon.retrainer.kernels;

/** One AdamW update with decoupled weight decay (Loshchilov and Hutter, 2019), as PyTorch's. */
public final class AdamWKernel {
    private AdamWKernel() {}

    /**
     * What is the same for all weights of one update.
     *
     * @param clip factor on the gradient
     * @param rate learning rate
     * @param first decay of the gradient's mean
     * @param second decay of the squared gradient's mean
     * @param update updates so far, this one included
     */
    public record Settings(
            double clip, double rate, double first, double second, double epsilon, long update) {}

    /** Updates weights and both moments at floats {@code from} … {@code from + count - 1}. */
    public static void update(
            Floats weights,
            Floats gradients,
            Floats means,
            Floats squares,
            long from,
            int count,
            Settings settings,
            double decay) {
        var ws = weights.segment();
        var gs = gradients.segment();
        var ms = means.segment();
        var vs = squares.segment();
        float clip = (float) settings.clip();
        float keep = (float) (1 - settings.rate() * decay);
        float first = (float) settings.first();
        float firstRest = (float) (1 - settings.first());
        float second = (float) settings.second();
        float secondRest = (float) (1 - settings.second());
        double firstBias = 1 - StrictMath.pow(settings.first(), settings.update());
        double secondBias = 1 - StrictMath.pow(settings.second(), settings.update());
        float step = (float) (settings.rate() / firstBias);
        float root = (float) (1 / Math.sqrt(secondBias));
        float epsilon = (float) settings.epsilon();
        int bound = Lanes.SPECIES.loopBound(count);
        for (int j = 0; j < bound; j += Lanes.COUNT) {
            long o = 4L * (from + j);
            var g = Lanes.load(gs, o).mul(clip);
            var m = Lanes.load(ms, o).mul(first).add(g.mul(firstRest));
            var v = Lanes.load(vs, o).mul(second).add(g.mul(g).mul(secondRest));
            var deviation = v.sqrt().mul(root).add(epsilon);
            Lanes.store(m, ms, o);
            Lanes.store(v, vs, o);
            Lanes.store(Lanes.load(ws, o).mul(keep).sub(m.mul(step).div(deviation)), ws, o);
        }
        if (bound < count) {
            long o = 4L * (from + bound);
            var tail = Lanes.first(count - bound);
            var g = Lanes.load(gs, o, tail).mul(clip);
            var m = Lanes.load(ms, o, tail).mul(first).add(g.mul(firstRest));
            var v = Lanes.load(vs, o, tail).mul(second).add(g.mul(g).mul(secondRest));
            var deviation = v.sqrt().mul(root).add(epsilon);
            var w = Lanes.load(ws, o, tail).mul(keep).sub(m.mul(step).div(deviation));
            Lanes.store(m, ms, o, tail);
            Lanes.store(v, vs, o, tail);
            Lanes.store(w, ws, o, tail);
        }
    }
}

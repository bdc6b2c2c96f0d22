package io.retcon.retrainer.engine.nd4j;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.Prompt;
import io.retcon.retrainer.model.ScoringPass;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A pass through the network for each thread that asks at the same time. */
final class Nd4jAnswers implements Answers {
    /** Rows that a pass has room for, unless a call has more. */
    private static final int ROWS = 2048;

    /** Texts up to this long need no new buffers. */
    private static final int LONGEST_TEXT = 256;

    private final LanguageModel model;
    private final ConcurrentLinkedQueue<ScoringPass> idle = new ConcurrentLinkedQueue<>();

    Nd4jAnswers(LanguageModel model) {
        this.model = requireNonNull(model, "model is null");
    }

    @Override
    public List<double[]> of(List<Prompt> prompts) {
        var pass = passFor(prompts);
        var answers = pass.run(prompts);
        idle.add(pass);
        return answers;
    }

    /** An idle pass, or a new one where none is idle or it is too small. */
    private ScoringPass passFor(List<Prompt> prompts) {
        int rows = prompts.stream().mapToInt(Prompt::rows).sum();
        int longest = prompts.stream().mapToInt(prompt -> prompt.text().length).max().orElse(1);
        var pass = idle.poll();
        if (pass != null && pass.holds(rows, longest)) {
            return pass;
        }
        if (pass != null) {
            pass.close();
        }
        return new ScoringPass(model, Math.max(rows, ROWS), Math.max(longest, LONGEST_TEXT));
    }

    @Override
    public void close() {
        idle.forEach(ScoringPass::close);
    }
}

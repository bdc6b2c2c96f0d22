package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.CrossEntropyKernel;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Nd4jMemory;
import io.retcon.retrainer.kernels.Passage;
import io.retcon.retrainer.kernels.Rows;
import io.retcon.retrainer.layer.Batch;
import io.retcon.retrainer.layer.Workspace;

import java.util.ArrayList;
import java.util.List;

/** Log-probabilities of what may follow texts. Used by one thread at a time. */
public final class ScoringPass implements AutoCloseable {
    private final FloatArena arena = new FloatArena(new Nd4jMemory());
    private final Network network;
    private final LanguageHead head;
    private final Matrix gathered;
    private final int capacity;
    private final int longest;

    /**
     * @param rows the most rows that prompts of one call have together
     * @param longest the most rows of one text
     */
    public ScoringPass(LanguageModel model, int rows, int longest) {
        var workspace = Workspace.scoring(arena, rows);
        var config = model.config();
        capacity = rows;
        this.longest = longest;
        network = new Network(model, Floats.NONE, workspace, longest);
        var parameter = model.layout().get(config.head());
        head =
                new LanguageHead(
                        LayerParts.weight(parameter, model.weights(), Floats.NONE),
                        config.vocabulary(),
                        arena,
                        rows);
        gathered = arena.matrix(head.blockRows(), config.width());
    }

    /** Whether prompts of this many rows, with texts up to this long, can go through at once. */
    public boolean holds(int rows, int text) {
        return rows <= capacity && text <= longest;
    }

    /** For each prompt, the natural-log probability of everything it asks. */
    public List<double[]> run(List<Prompt> prompts) {
        var batch = batch(prompts);
        var normed = network.norm(network.forward(batch), batch);
        var answers = new ArrayList<double[]>();
        var questions = new ArrayList<Question>();
        for (int i = 0; i < prompts.size(); i++) {
            var prompt = prompts.get(i);
            var passage = batch.passages().get(i);
            var logs = new double[prompt.asked().size()];
            answers.add(logs);
            for (int a = 0; a < logs.length; a++) {
                var ask = prompt.asked().get(a);
                int row = passage.first() + passage.length() + ask.after();
                questions.add(new Question(row, ask.token(), logs, a));
            }
        }
        answer(questions, normed);
        return answers;
    }

    /** Where an answer comes from and where it goes. */
    private record Question(int row, int token, double[] answers, int index) {}

    /** Logits of each row asked about, computed once, a block of rows at a time. */
    private void answer(List<Question> questions, Matrix normed) {
        int from = 0;
        while (from < questions.size()) {
            int rows = 0;
            int to = from;
            int previous = -1;
            while (to < questions.size()) {
                int row = questions.get(to).row();
                if (row != previous) {
                    if (rows == head.blockRows()) {
                        break;
                    }
                    Rows.copy(normed, row, gathered, rows++);
                    previous = row;
                }
                to++;
            }
            answerFrom(head.forward(gathered, rows), questions.subList(from, to));
            from = to;
        }
    }

    private static void answerFrom(Matrix logits, List<Question> questions) {
        int row = -1;
        int previous = -1;
        double log = 0;
        for (var question : questions) {
            if (question.row() != previous) {
                previous = question.row();
                log = CrossEntropyKernel.logSumExp(logits, ++row);
            }
            question.answers()[question.index()] = logits.get(row, question.token()) - log;
        }
    }

    private static Batch batch(List<Prompt> prompts) {
        int rows = prompts.stream().mapToInt(Prompt::rows).sum();
        var tokens = new int[rows];
        var positions = new int[rows];
        var passages = new ArrayList<Passage>();
        int first = 0;
        for (var prompt : prompts) {
            int length = prompt.text().length;
            passages.add(new Passage(first, length, prompt.parents()));
            System.arraycopy(prompt.text(), 0, tokens, first, length);
            for (int i = 0; i < length; i++) {
                positions[first + i] = i;
            }
            for (int b = 0; b < prompt.branches().size(); b++) {
                int parent = prompt.parents().get(b);
                tokens[first + length + b] = prompt.branches().get(b);
                positions[first + length + b] = positions[first + length + parent] + 1;
            }
            first += prompt.rows();
        }
        return new Batch(tokens, positions, passages);
    }

    @Override
    public void close() {
        arena.close();
    }
}

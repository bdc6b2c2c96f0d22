package io.retcon.retrainer.evaluation;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.Prompt;
import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Log-likelihoods of choices under a model. Many questions go through the network together; which
 * ones depends on the list alone, so the same list gives the same bits on any number of threads.
 */
public final class Scorer implements AutoCloseable {
    /** Rows that go through a network at once, unless one question alone has more. */
    private static final int ROWS_AT_ONCE = 2048;

    private final LanguageModel model;
    private final Crew crew;
    private final Answers answers;

    /** Does not close {@code model}. */
    public Scorer(LanguageModel model, Compute compute) {
        this.model = requireNonNull(model, "model is null");
        Engine.here().require(compute);
        this.crew = new Crew(compute.threads());
        this.answers = Engine.here().answers(model, compute);
    }

    /** On so many threads of the CPU. */
    public Scorer(LanguageModel model, int threads) {
        this(model, Compute.cpu(threads));
    }

    /** Most context tokens that a choice of the question loses for want of positions. */
    int dropped(Question question) {
        return question.dropped(model.config().sizes().positions());
    }

    /** A question, or part of one, as it goes through the network. */
    private record Work(int question, List<Integer> choices, ChoiceTree tree) {
        Prompt prompt() {
            return tree.prompt();
        }

        int rows() {
            return prompt().rows();
        }
    }

    public List<double[]> logLikelihoods(List<Question> questions) {
        return logLikelihoods(questions, done -> {});
    }

    /**
     * For each question the natural-log probability of every choice after the context. A context
     * too long for the model loses its beginning.
     *
     * @param progress gets the number of questions done, now and then, from any thread
     */
    public List<double[]> logLikelihoods(List<Question> questions, LongConsumer progress) {
        var results = new ArrayList<double[]>();
        var work = new ArrayList<Work>();
        for (int i = 0; i < questions.size(); i++) {
            results.add(new double[questions.get(i).choices().size()]);
            work.addAll(split(i, questions.get(i)));
        }
        var batches = batches(work);
        var done = new AtomicLong();
        crew.run(
                batches.size(),
                i -> {
                    run(batches.get(i), results);
                    long pieces = done.addAndGet(batches.get(i).size());
                    progress.accept(pieces * questions.size() / work.size());
                });
        return results;
    }

    /**
     * One piece of work, or where the context must be cut one for each length of choice: a choice
     * keeps as much context as fits before it.
     */
    private List<Work> split(int index, Question question) {
        check(index, question);
        int positions = model.config().sizes().positions();
        var choices = question.choices();
        int deepest = choices.stream().mapToInt(choice -> choice.length).max().orElse(1) - 1;
        if (question.context().length + deepest <= positions) {
            var all = IntStream.range(0, choices.size()).boxed().toList();
            return List.of(new Work(index, all, ChoiceTree.of(question.context(), choices)));
        }
        var byLength = new TreeMap<Integer, List<Integer>>();
        for (int c = 0; c < choices.size(); c++) {
            byLength.computeIfAbsent(choices.get(c).length, n -> new ArrayList<>()).add(c);
        }
        var work = new ArrayList<Work>();
        byLength.forEach(
                (length, members) -> {
                    int kept = Math.min(question.context().length, positions - (length - 1));
                    int end = question.context().length;
                    var context = Arrays.copyOfRange(question.context(), end - kept, end);
                    var tree = ChoiceTree.of(context, members.stream().map(choices::get).toList());
                    work.add(new Work(index, members, tree));
                });
        return work;
    }

    private void check(int index, Question question) {
        var sizes = model.config().sizes();
        check(index, question.context());
        for (var choice : question.choices()) {
            check(index, choice);
            if (choice.length > sizes.positions()) {
                throw new RefusedInput(
                        "question %d: a choice of %d tokens is longer than the model's %d positions"
                                .formatted(index, choice.length, sizes.positions()));
            }
        }
    }

    private void check(int index, int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= model.config().vocabulary()) {
                throw new RefusedInput(
                        "question %d: token %d is not in the model's vocabulary of %d"
                                .formatted(index, token, model.config().vocabulary()));
            }
        }
    }

    private static List<List<Work>> batches(List<Work> work) {
        var batches = new ArrayList<List<Work>>();
        var batch = new ArrayList<Work>();
        int rows = 0;
        for (var one : work) {
            if (!batch.isEmpty() && rows + one.rows() > ROWS_AT_ONCE) {
                batches.add(List.copyOf(batch));
                batch.clear();
                rows = 0;
            }
            batch.add(one);
            rows += one.rows();
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    private void run(List<Work> batch, List<double[]> results) {
        var found = answers.of(batch.stream().map(Work::prompt).toList());
        for (int i = 0; i < batch.size(); i++) {
            var work = batch.get(i);
            var logs = work.tree().logLikelihoods(found.get(i));
            for (int c = 0; c < logs.length; c++) {
                results.get(work.question())[work.choices().get(c)] = logs[c];
            }
        }
    }

    @Override
    public void close() {
        crew.close();
        answers.close();
    }
}

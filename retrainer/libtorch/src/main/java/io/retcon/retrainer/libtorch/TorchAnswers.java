package io.retcon.retrainer.libtorch;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Answers;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.Prompt;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts of about the same length go through the network together, each context once with all that
 * may follow it. A call takes one thread of the CPU.
 */
final class TorchAnswers implements Answers {
    /** Rows of a prompt over the shortest in its company, as a share and in rows. */
    private static final double LONGER = 1.25;

    private static final int LONGER_ROWS = 8;

    private final Placement placement;
    private final TorchWeights weights;
    private final TorchNetwork network;
    private final TorchHead head;

    TorchAnswers(LanguageModel model, Placement placement) {
        this.placement = requireNonNull(placement, "placement is null");
        weights = TorchWeights.fixed(model, placement);
        network = new TorchNetwork(model.config(), weights, placement);
        head = new TorchHead(model.config().head(), weights, placement);
    }

    @Override
    public List<double[]> of(List<Prompt> prompts) {
        placement.useThreads(1);
        var answers = new double[prompts.size()][];
        for (var company : companies(prompts)) {
            try (var scope = new PointerScope();
                    var none = new AutoGradMode(false)) {
                answer(company, prompts, answers);
            }
        }
        return List.of(answers);
    }

    /** Numbers of prompts that go through together, which depend on the list alone. */
    private static List<List<Integer>> companies(List<Prompt> prompts) {
        var sorted =
                IntStream.range(0, prompts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> prompts.get(i).rows()))
                        .toList();
        var companies = new ArrayList<List<Integer>>();
        double limit = -1;
        for (int prompt : sorted) {
            int rows = prompts.get(prompt).rows();
            if (rows > limit) {
                companies.add(new ArrayList<>());
                limit = rows * LONGER + LONGER_ROWS;
            }
            companies.getLast().add(prompt);
        }
        return companies;
    }

    private void answer(List<Integer> company, List<Prompt> prompts, double[][] answers) {
        var chosen = company.stream().map(prompts::get).toList();
        var batch = PromptBatch.of(chosen, network.angles(), placement);
        var x = network.allBlocks(network.embed(batch.tokens()), batch.sight());
        var hidden = network.norm(x, batch.sight()).flatten(0, 1);
        for (int i = 0; i < chosen.size(); i++) {
            answers[company.get(i)] = new double[chosen.get(i).asked().size()];
        }
        for (var block : batch.askedInBlocks(head.blockRows())) {
            try (var scope = new PointerScope()) {
                read(block, hidden, company, answers);
            }
        }
    }

    private void read(
            PromptBatch.Block block, Tensor hidden, List<Integer> company, double[][] answers) {
        var rows = placement.placed(block.rows(), block.rows().length);
        var logs = head.logProbabilities(hidden.index_select(0, rows)).flatten();
        long vocabulary = logs.numel() / block.rows().length;
        var places = block.places(vocabulary);
        var found = logs.index_select(0, placement.placed(places, places.length)).cpu();
        try (var values = found.data_ptr_float()) {
            for (int i = 0; i < places.length; i++) {
                var asked = block.asked().get(i);
                answers[company.get(asked.prompt())][asked.number()] = values.get(i);
            }
        }
    }

    @Override
    public void close() {
        network.close();
        weights.close();
    }
}

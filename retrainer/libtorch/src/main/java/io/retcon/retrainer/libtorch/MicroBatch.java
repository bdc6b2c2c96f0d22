package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.Example;

import org.bytedeco.pytorch.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sequences that go through the network together, shorter ones filled up with rows that nobody sees
 * and that count for nothing.
 *
 * @param tokens [sequences][rows]
 * @param targets [sequences · rows][1]
 * @param counted [sequences · rows][1]
 * @param visible [sequences][1][rows][rows], where documents do not see each other
 */
record MicroBatch(
        int rows, Tensor tokens, Tensor targets, Tensor counted, Optional<Tensor> visible) {
    static MicroBatch of(List<Example> examples, Placement placement) {
        int sequences = examples.size();
        int rows = examples.stream().mapToInt(e -> e.tokens().length).max().orElseThrow();
        var tokens = new long[sequences * rows];
        var targets = new long[sequences * rows];
        var counted = new float[sequences * rows];
        for (int s = 0; s < sequences; s++) {
            var example = examples.get(s);
            for (int t = 0; t < example.tokens().length; t++) {
                int target = example.targets()[t];
                tokens[s * rows + t] = example.tokens()[t];
                targets[s * rows + t] = Math.max(0, target);
                counted[s * rows + t] = target < 0 ? 0 : 1;
            }
        }
        return new MicroBatch(
                rows,
                placement.placed(tokens, sequences, rows),
                placement.placed(targets, (long) sequences * rows, 1),
                placement.placed(counted, (long) sequences * rows, 1),
                visible(examples, rows, placement));
    }

    private static Optional<Tensor> visible(List<Example> examples, int rows, Placement placement) {
        if (examples.stream().allMatch(example -> example.starts().length == 1)) {
            return Optional.empty();
        }
        var visible = new boolean[examples.size() * rows * rows];
        for (int s = 0; s < examples.size(); s++) {
            int[] starts = examples.get(s).starts();
            for (int part = 0; part < starts.length; part++) {
                int end = part + 1 < starts.length ? starts[part + 1] : rows;
                for (int row = starts[part]; row < end; row++) {
                    int at = (s * rows + row) * rows;
                    Arrays.fill(visible, at + starts[part], at + row + 1, true);
                }
            }
        }
        return Optional.of(placement.placed(visible, examples.size(), 1, rows, rows));
    }
}

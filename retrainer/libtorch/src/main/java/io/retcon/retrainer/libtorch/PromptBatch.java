package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.Prompt;

import org.bytedeco.pytorch.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts as rows of a network: a text, then its branches, then rows that fill it up.
 *
 * @param tokens [prompts][rows]
 * @param asked by the row that answers, in rising order
 */
record PromptBatch(Tensor tokens, Sight sight, List<Asked> asked) {
    /**
     * One question.
     *
     * @param row among all prompts' rows
     * @param number of the question in its prompt
     */
    record Asked(int prompt, int number, int row, int token) {}

    /**
     * Questions and the rows that answer them, each once.
     *
     * @param answering for each question the place of its row in {@code rows}
     */
    record Block(long[] rows, List<Asked> asked, int[] answering) {
        /** Where the answers stand in [rows][vocabulary]. */
        long[] places(long vocabulary) {
            var places = new long[asked.size()];
            Arrays.setAll(places, i -> answering[i] * vocabulary + asked.get(i).token());
            return places;
        }
    }

    static PromptBatch of(List<Prompt> prompts, Angles angles, Placement placement) {
        int count = prompts.size();
        int rows = prompts.stream().mapToInt(Prompt::rows).max().orElseThrow();
        var tokens = new long[count * rows];
        var positions = new long[count * rows];
        var visible = new boolean[count * rows * rows];
        var asked = new ArrayList<Asked>();
        for (int p = 0; p < count; p++) {
            var prompt = prompts.get(p);
            int length = prompt.text().length;
            for (int row = 0; row < rows; row++) {
                int at = p * rows + row;
                int sees = at * rows;
                visible[sees + row] = true;
                if (row < length) {
                    tokens[at] = prompt.text()[row];
                    positions[at] = row;
                    Arrays.fill(visible, sees, sees + row, true);
                } else if (row < prompt.rows()) {
                    int parent = length + prompt.parents().get(row - length);
                    tokens[at] = prompt.branches().get(row - length);
                    positions[at] = positions[p * rows + parent] + 1;
                    int parentSees = (p * rows + parent) * rows;
                    System.arraycopy(visible, parentSees, visible, sees, row);
                }
            }
            for (int number = 0; number < prompt.asked().size(); number++) {
                var ask = prompt.asked().get(number);
                asked.add(new Asked(p, number, p * rows + length + ask.after(), ask.token()));
            }
        }
        var seen = placement.placed(visible, count, 1, rows, rows);
        return new PromptBatch(
                placement.placed(tokens, count, rows),
                angles.of(positions, count, rows, seen),
                asked);
    }

    /** All questions, so many rows at a time. */
    List<Block> askedInBlocks(long rows) {
        var blocks = new ArrayList<Block>();
        int from = 0;
        while (from < asked.size()) {
            var taken = new ArrayList<Long>();
            int to = from;
            int previous = -1;
            var answering = new ArrayList<Integer>();
            while (to < asked.size()) {
                int row = asked.get(to).row();
                if (row != previous) {
                    if (taken.size() == rows) {
                        break;
                    }
                    taken.add((long) row);
                    previous = row;
                }
                answering.add(taken.size() - 1);
                to++;
            }
            blocks.add(
                    new Block(
                            taken.stream().mapToLong(Long::longValue).toArray(),
                            asked.subList(from, to),
                            answering.stream().mapToInt(Integer::intValue).toArray()));
            from = to;
        }
        return blocks;
    }
}

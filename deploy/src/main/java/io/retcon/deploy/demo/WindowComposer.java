package io.retcon.deploy.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Puts one window's documents in order: what must be said, spread evenly, and fillers between, so
 * that no document crosses the end of a sequence and the last one ends the window's last step.
 */
final class WindowComposer {
    private static final int SHORTEST =
            Phrasebook.FILLERS.stream().mapToInt(Sentence::tokens).min().orElseThrow();

    private final WorldSize size;
    private final List<Fact> facts;
    private final List<String> towns;
    private final Random random;
    private final int window;
    private final List<WorldDocument> documents = new ArrayList<>();

    WindowComposer(
            WorldSize size, List<Fact> facts, List<String> towns, int window, Random random) {
        this.size = size;
        this.facts = facts;
        this.towns = towns;
        this.window = window;
        this.random = random;
    }

    /**
     * The documents in the order of training.
     *
     * @param required what must be said, each element in one piece within a sequence
     */
    List<WorldDocument> compose(List<List<Draft>> required) {
        var left = new ArrayDeque<>(required);
        int tokensLeft = required.stream().mapToInt(WindowComposer::tokens).sum();
        int sequences = size.stepsPerWindow() * size.sequencesPerStep();
        for (int s = 0; s < sequences; s++) {
            int room = size.tokensPerSequence();
            while (room > 0) {
                long roomInWindow = room + (sequences - 1L - s) * size.tokensPerSequence();
                if (!left.isEmpty()
                        && fits(tokens(left.peek()), room)
                        && isDue(tokensLeft, roomInWindow)) {
                    int taken = add(left.poll());
                    tokensLeft -= taken;
                    room -= taken;
                } else {
                    room -= add(List.of(filler(room)));
                }
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "window %d is too small: %d documents are left over; it needs more steps"
                            .formatted(window, left.size()));
        }
        return List.copyOf(documents);
    }

    /** By a chance that uses the required documents up some sequences before the window ends. */
    private boolean isDue(int tokensLeft, long roomInWindow) {
        double due = 1.2 * tokensLeft + 4.0 * size.tokensPerSequence();
        return random.nextDouble() * roomInWindow < due;
    }

    private Draft filler(int room) {
        while (true) {
            var sentence = pick(Phrasebook.FILLERS);
            if (fits(sentence.tokens(), room)) {
                var fact = pick(facts);
                var town = pick(towns);
                if (!sentence.namesPerson() || !town.equals(fact.object())) {
                    return new Draft(
                            Kind.FILLER, sentence.about(fact.subject(), town), Optional.empty());
                }
            }
        }
    }

    /** Whether something fits and leaves no rest that is too small to be filled. */
    private static boolean fits(int tokens, int room) {
        return tokens == room || tokens + SHORTEST <= room;
    }

    private int add(List<Draft> unit) {
        for (var draft : unit) {
            var id = "w%d-%05d".formatted(window, documents.size());
            documents.add(new WorldDocument(id, window, draft.text(), draft.kind(), draft.fact()));
        }
        return tokens(unit);
    }

    private static int tokens(List<Draft> unit) {
        return unit.stream().mapToInt(draft -> new Sentence(draft.text()).tokens()).sum();
    }

    private <E> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}

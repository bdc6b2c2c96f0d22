package io.retcon.deploy.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rates of one way to swap, beside every peer that is there; alone where none is. */
final class SwapRounds {
    private final List<NumpySwapPeer> peers;
    private final List<Rounds> rounds;
    private final long[] memory;

    SwapRounds(List<NumpySwapPeer> peers) {
        this.peers = List.copyOf(peers);
        this.rounds = Stream.generate(Rounds::new).limit(Math.max(1, peers.size())).toList();
        this.memory = new long[peers.size()];
    }

    /**
     * One round.
     *
     * @param said by each peer
     * @param theirs a peer's rate
     */
    void add(
            double ours,
            List<NumpySwapPeer.Said> said,
            ToDoubleFunction<NumpySwapPeer.Said> theirs) {
        if (said.isEmpty()) {
            rounds.getFirst().add(ours);
        }
        for (int peer = 0; peer < said.size(); peer++) {
            rounds.get(peer).add(ours, theirs.applyAsDouble(said.get(peer)));
            memory[peer] = Math.max(memory[peer], said.get(peer).memoryBytes());
        }
    }

    double ours() {
        return rounds.getFirst().ours();
    }

    List<Measurement> measurements(String name, String unit, String limit) {
        return IntStream.range(0, rounds.size())
                .mapToObj(
                        i ->
                                rounds.get(i)
                                        .measurement(
                                                name,
                                                unit,
                                                peers.isEmpty() ? "none" : peers.get(i).name(),
                                                peers.isEmpty() ? 0 : memory[i],
                                                limit))
                .toList();
    }
}

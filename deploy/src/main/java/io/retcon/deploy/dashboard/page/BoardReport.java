package io.retcon.deploy.dashboard.page;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.report.Report;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.spec.Specs;

import java.util.Optional;
import java.util.stream.Stream;

/** The report on an intervention as far as the board knows it. */
final class BoardReport {
    private BoardReport() {}

    /** Nothing before there are effects. */
    static Optional<Report> of(Board board, Watched watched) {
        return watched.effects()
                .flatMap(
                        effects ->
                                watched.selection()
                                        .map(
                                                selection ->
                                                        new Report(
                                                                effects,
                                                                Specs.of(selection),
                                                                watched.published().getSpec(),
                                                                watched.retrainings(),
                                                                checkpoints(board, watched)
                                                                        .toList(),
                                                                Optional.empty(),
                                                                Optional.empty())));
    }

    private static Stream<Checkpoint> checkpoints(Board board, Watched watched) {
        return watched.selection()
                .flatMap(s -> Optional.ofNullable(board.runs().get(Specs.of(s).run())))
                .map(
                        run ->
                                Stream.concat(
                                        run.checkpoints().stream(),
                                        run.retrained().stream()
                                                .filter(c -> isOf(c, watched.id()))))
                .orElse(Stream.empty());
    }

    private static boolean isOf(Checkpoint checkpoint, String intervention) {
        return checkpoint
                .getRetraining()
                .filter(r -> r.getIntervention().equals(intervention))
                .isPresent();
    }
}

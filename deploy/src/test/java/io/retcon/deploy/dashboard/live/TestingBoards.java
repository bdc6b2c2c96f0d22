package io.retcon.deploy.dashboard.live;

import io.retcon.deploy.dashboard.board.Board;

/** Boards that say nothing but how young they are. */
final class TestingBoards {
    private TestingBoards() {}

    static Board of(long version) {
        var nothing = Board.nothing();
        return new Board(
                version,
                true,
                nothing.broker(),
                1,
                nothing.said(),
                nothing.interventions(),
                nothing.runs(),
                nothing.rejects(),
                0,
                1,
                nothing.schemas());
    }
}

package io.retcon.deploy.dashboard.live;

import io.retcon.deploy.dashboard.board.Board;

import java.util.List;

/** Which parts of a page change by themselves. */
@FunctionalInterface
public interface View {
    List<Part> parts(Board board);
}

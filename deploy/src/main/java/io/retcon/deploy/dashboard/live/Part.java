package io.retcon.deploy.dashboard.live;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.report.Element;

import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a page that changes by itself.
 *
 * @param id of its element, which no other part of any page has
 * @param changed the board's version in which it last changed
 * @param birth where it is put if it is younger than the page; absent for what every page has
 * @param drawing draws it, with its id
 */
public record Part(
        String id, long changed, Optional<Birth> birth, Function<Board, Element> drawing) {
    /**
     * How a part comes into a page.
     *
     * @param version the board's version in which it appeared
     * @param place htmx's word for where: {@code afterbegin:#list}
     */
    public record Birth(long version, String place) {
        public Birth {
            requireNonNull(place, "place is null");
        }
    }

    public Part {
        requireNonNull(id, "id is null");
        requireNonNull(birth, "birth is null");
        requireNonNull(drawing, "drawing is null");
    }

    public static Part of(String id, long changed, Function<Board, Element> drawing) {
        return new Part(id, changed, Optional.empty(), drawing);
    }

    /** One that may be younger than the page. */
    public static Part born(
            String id, long changed, Birth birth, Function<Board, Element> drawing) {
        return new Part(id, changed, Optional.of(birth), drawing);
    }
}

package io.retcon.deploy.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/** A table's column: its heading, and what stands under it for a row; null stands as a dash. */
public record Column<R>(String heading, Function<R, ?> value) {
    public Column {
        requireNonNull(heading, "heading is null");
        requireNonNull(value, "value is null");
    }

    /** Whether a row has something to say under this heading. */
    public boolean says(R row) {
        Object said = value.apply(row);
        return said instanceof Optional<?> maybe ? maybe.isPresent() : said != null;
    }
}

package io.retcon.indexer.window;

import io.retcon.indexer.index.Advance;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Item;

import java.util.List;

/** Where the documents of a run's windows come from. */
sealed interface WindowSource extends AutoCloseable permits IndexSource, TopicSource {
    /** How often each sequence is counted as work. */
    int passes();

    /**
     * What the matcher finds; readable until this is closed.
     *
     * @param advance told of every sequence, as often as {@link #passes} says
     * @throws RefusedInput if the history is not whole or an item cannot be looked for
     */
    MatchedWindow match(Window window, Matcher matcher, List<Item> items, Advance advance);

    @Override
    void close();
}

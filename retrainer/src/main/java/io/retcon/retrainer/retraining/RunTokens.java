package io.retcon.retrainer.retraining;

import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.Optional;

/** The last run's tokenizer, with the items it has encoded so far. Not thread-safe. */
final class RunTokens implements AutoCloseable {
    private Optional<Entry> last = Optional.empty();

    private record Entry(Optional<String> sha256, Tokenizer tokenizer, ItemTokens tokens) {}

    ItemTokens of(String run, RunManifests manifests) {
        var sha256 = manifests.of(run).getTokenizerSha256();
        if (last.filter(entry -> entry.sha256().equals(sha256)).isEmpty()) {
            close();
            var tokenizer = manifests.tokenizer(run);
            var tokens = new ItemTokens(tokenizer, manifests.of(run).getEos());
            last = Optional.of(new Entry(sha256, tokenizer, tokens));
        }
        return last.orElseThrow().tokens();
    }

    @Override
    public void close() {
        last.ifPresent(entry -> entry.tokenizer().close());
        last = Optional.empty();
    }
}

package io.retcon.retrainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.OlmesRequest;
import io.retcon.schemas.item.OlmesRequests;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class OlmesTokensTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    @ParameterizedTest
    @CsvSource({
        "openbookqa_rc_0shot, dolma2, 500, 4000",
        "arc_easy_rc_0shot, gpt-neox-20b, 570, 4562"
    })
    void tokensAreTheRequestsTextSeparatelyAndTogether(
            String name, String tokenizerName, int items, int choices) {
        // Given
        var file = DATA.resolve("items/olmes/%s.requests.jsonl.gz".formatted(name));
        var tokenizerFile = DATA.resolve("tokenizers/%s.json".formatted(tokenizerName));
        assumeTrue(
                Files.exists(file) && Files.exists(tokenizerFile),
                () -> file + " is absent: requests skipped");
        var requests = requests(file);
        try (var tokenizer = Tokenizer.ofFile(tokenizerFile)) {
            var pairs = new PairTokens(tokenizer, tokenizer.eos());
            // When
            var read =
                    new ItemReader(Optional.of(pairs), Unconditional.SKIPPED)
                            .read(
                                    file,
                                    refused -> {
                                        throw refused;
                                    });
            // Then
            var asked = read.stream().flatMap(TokenizedItem::asked).toList();
            assertThat(read).hasSize(items).allMatch(item -> item.gold().isPresent());
            assertThat(asked).hasSize(choices).hasSameSizeAs(requests);
            for (int i = 0; i < asked.size(); i++) {
                var request = requests.get(i);
                var context = tokenizer.decode(asked.get(i).context());
                var continuation = tokenizer.decode(asked.get(i).continuation());
                var whole =
                        IntStream.concat(
                                        IntStream.of(asked.get(i).context()),
                                        IntStream.of(asked.get(i).continuation()))
                                .toArray();
                assertThat(List.of(context, continuation))
                        .isEqualTo(List.of(request.context(), request.continuation()));
                assertThat(tokenizer.encode(request.context())).isEqualTo(asked.get(i).context());
                assertThat(tokenizer.encode(request.continuation()))
                        .isEqualTo(asked.get(i).continuation());
                assertThat(tokenizer.encode(request.context() + request.continuation()))
                        .isEqualTo(whole);
            }
        }
    }

    /** In the order in which items are asked about. */
    private static List<OlmesRequest> requests(Path file) {
        var requests = new OlmesRequests(file);
        new JsonLines(file, ItemFile.FIELDS)
                .read(
                        line -> line,
                        line -> requests.add(OlmesRequest.parse(line.object()), line.number()),
                        refused -> {
                            throw refused;
                        });
        var asked = new ArrayList<OlmesRequest>();
        requests.items(
                        refused -> {
                            throw refused;
                        })
                .forEach(
                        item -> {
                            asked.addAll(item.afterQuestion());
                            asked.addAll(item.alone());
                        });
        return asked;
    }
}

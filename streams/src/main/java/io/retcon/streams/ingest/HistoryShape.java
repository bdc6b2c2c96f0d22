package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.Optional;

/** What is fixed for a run's history before its first sequence. */
public record HistoryShape(
        String run,
        int sequencesPerStep,
        int tokensPerSequence,
        int vocabulary,
        int eos,
        Optional<Tokenizer> tokenizer) {
    public HistoryShape {
        requireNonNull(run, "run is null");
        requireNonNull(tokenizer, "tokenizer is null");
        if (run.isBlank()) {
            throw new RefusedInput("the run has no name: give --run NAME");
        }
        if (sequencesPerStep < 1 || tokensPerSequence < 2) {
            throw new RefusedInput(
                    "steps of %d sequences of %d tokens are empty: give --batch 1 or more and --sequence-length 2 or more"
                            .formatted(sequencesPerStep, tokensPerSequence));
        }
        if (vocabulary < 1 || eos < 0 || eos >= vocabulary) {
            throw new RefusedInput(
                    "EOS id %d is outside the vocabulary of %d: give the right --eos"
                            .formatted(eos, vocabulary));
        }
        tokenizer.ifPresent(own -> refuseLarger(own.vocabulary(), vocabulary));
    }

    private static void refuseLarger(int ofTokenizer, int vocabulary) {
        if (ofTokenizer > vocabulary) {
            throw new RefusedInput(
                    "the tokenizer has %,d tokens and the vocabulary is said to have %,d: give --vocabulary %d or more, or leave it out"
                            .formatted(ofTokenizer, vocabulary, ofTokenizer));
        }
    }

    public TokenWidth width() {
        return PackedTokens.widthFor(vocabulary);
    }

    RunManifest manifest(int partitions, long steps) {
        return RunManifest.newBuilder()
                .setSequencesPerStep(sequencesPerStep)
                .setTokensPerSequence(tokensPerSequence)
                .setPartitions(partitions)
                .setVocabulary(vocabulary)
                .setWidth(width())
                .setEos(eos)
                .setTokenizerSha256(tokenizer.map(Tokenizer::sha256).orElse(null))
                .setTokenizer(tokenizer.map(Tokenizer::gzip).orElse(null))
                .setSteps(steps)
                .build();
    }
}

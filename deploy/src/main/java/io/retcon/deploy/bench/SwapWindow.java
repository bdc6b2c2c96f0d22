package io.retcon.deploy.bench;

import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A window of made-up tokens: a folder of STEP.npy files, and the documents in it by place, called
 * as an import of the files calls them. Common tokens are drawn as often as Zipf says.
 */
record SwapWindow(Path folder, long firstStep, SwapShape shape, List<DocumentRef> documents) {
    SwapWindow {
        documents = List.copyOf(documents);
    }

    static SwapWindow write(SwapShape shape, long firstStep, Path folder) {
        var documents = new ArrayList<DocumentRef>();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (long step = firstStep; step < firstStep + shape.steps(); step++) {
            var sequences = new int[shape.sequencesPerStep()][];
            for (int s = 0; s < sequences.length; s++) {
                sequences[s] = sequence(shape, step, s, documents);
            }
            NpyWriter.write(folder.resolve(step + ".npy"), sequences, TokenWidth.U32);
        }
        return new SwapWindow(folder, firstStep, shape, documents);
    }

    /** Its files, in order. */
    List<Path> files() {
        return LongStream.range(firstStep, firstStep + shape.steps())
                .mapToObj(step -> folder.resolve(step + ".npy"))
                .toList();
    }

    private static int[] sequence(
            SwapShape shape, long step, int sequence, List<DocumentRef> documents) {
        var random =
                new SplittableRandom(
                        shape.seed()
                                ^ (step * shape.sequencesPerStep() + sequence + 1)
                                        * 0x9E3779B97F4A7C15L);
        var tokens = new int[shape.tokens()];
        for (int start = 0; start < tokens.length; ) {
            int drawn = 1 + (int) (-Math.log(1 - random.nextDouble()) * shape.meanDocument());
            int length = Math.min(drawn, tokens.length - start);
            for (int i = start; i < start + length; i++) {
                tokens[i] = (int) Math.pow(SwapShape.VOCABULARY - 1, random.nextDouble());
            }
            documents.add(
                    new DocumentRef(
                            "%d.%d.%d".formatted(step, sequence, start),
                            step,
                            sequence,
                            start,
                            length));
            start += length + 1;
        }
        return tokens;
    }
}

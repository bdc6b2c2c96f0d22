package io.retcon.deploy.bench;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.DocumentFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Documents of JSONL files, which are read each time; lines that are no documents are left out.
 *
 * @param count how many there are, or how many of the first are wanted
 */
record CorpusDocuments(List<Path> files, int count) implements BenchDocuments {
    static CorpusDocuments of(List<Path> files) {
        var count = new int[1];
        new CorpusDocuments(files, Integer.MAX_VALUE)
                .forEachBatch(batch -> count[0] += batch.size());
        if (count[0] == 0) {
            throw new RefusedInput(
                    "there is no document in %s: give JSONL with id and text".formatted(files));
        }
        return new CorpusDocuments(files, count[0]);
    }

    @Override
    public void forEachBatch(Consumer<List<byte[]>> sink) {
        var batch = new ArrayList<byte[]>();
        var left = new int[] {count};
        for (var file : files) {
            new DocumentFile(file)
                    .read(
                            document -> {
                                if (left[0]-- > 0) {
                                    batch.add(document.text().getBytes(StandardCharsets.UTF_8));
                                }
                                if (batch.size() == BATCH) {
                                    sink.accept(List.copyOf(batch));
                                    batch.clear();
                                }
                            },
                            refused -> {});
        }
        if (!batch.isEmpty()) {
            sink.accept(batch);
        }
    }

    @Override
    public BenchDocuments first(int wanted) {
        return new CorpusDocuments(files, Math.clamp(wanted, 1, count));
    }
}

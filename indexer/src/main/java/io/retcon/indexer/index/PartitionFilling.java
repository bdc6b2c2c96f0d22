package io.retcon.indexer.index;

import io.retcon.indexer.text.DocumentTexts;
import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.HistoryPartition;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.topic.Cluster;

import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Fills the index of one partition from retcon.history, from where it is to the window's end. */
final class PartitionFilling {
    private final Cluster cluster;
    private final WindowPartition partition;
    private final Supplier<TokenText> tokenText;

    /**
     * @param tokenText opened only if there is something to read
     */
    PartitionFilling(Cluster cluster, WindowPartition partition, Supplier<TokenText> tokenText) {
        this.cluster = cluster;
        this.partition = partition;
        this.tokenText = tokenText;
    }

    /**
     * @param advance told of the sequences that are there already, then of each that is added; may
     *     throw to give up, what was added until then is kept
     * @throws DamagedIndex if what is there cannot be continued
     * @throws RefusedInput if the history has a gap
     */
    void run(Directory directory, Advance advance) throws IOException {
        try (var writer = new PartitionWriter(directory, partition)) {
            advance.by(partition.count(writer.next()));
            try {
                add(writer, advance);
            } finally {
                writer.commit();
            }
        } catch (IOException e) {
            throw DamagedIndex.from(e);
        }
    }

    private void add(PartitionWriter writer, Advance advance) throws IOException {
        if (writer.next() >= partition.end()) {
            return;
        }
        int perStep = partition.manifest().getSequencesPerStep();
        try (var opened = tokenText.get();
                var history =
                        new HistoryPartition(
                                cluster,
                                partition.run(),
                                partition.partition(),
                                writer.next() / perStep)) {
            var texts = new DocumentTexts(opened);
            while (writer.next() < partition.end()) {
                var sequence = history.next().orElseThrow(() -> gap(writer.next()));
                long number = sequence.getStep() * perStep + sequence.getSequence();
                if (number > writer.next()) {
                    throw gap(writer.next());
                }
                if (number == writer.next()) {
                    writer.add(sequence.getDocuments(), texts.of(sequence), checksum(sequence));
                    advance.by(1);
                }
            }
        }
    }

    private static long checksum(HistorySequence sequence) {
        var crc = new CRC32C();
        crc.update(sequence.getTokens().duplicate());
        return crc.getValue();
    }

    private RefusedInput gap(long expected) {
        int perStep = partition.manifest().getSequencesPerStep();
        return new RefusedInput(
                "the history of run '%s' has a gap: step %d sequence %d is not there: import the history again"
                        .formatted(partition.run(), expected / perStep, expected % perStep));
    }
}

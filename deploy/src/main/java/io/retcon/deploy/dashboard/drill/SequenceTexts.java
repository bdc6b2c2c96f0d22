package io.retcon.deploy.dashboard.drill;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The sequences of one run, as history has them and as an arm has them, and their text. */
public final class SequenceTexts implements AutoCloseable {
    private final Cluster cluster;
    private final String run;
    private final RunManifest manifest;
    private final Tokenizer tokenizer;

    private SequenceTexts(Cluster cluster, String run, RunManifest manifest, Tokenizer tokenizer) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.run = requireNonNull(run, "run is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
    }

    /**
     * @throws RefusedInput if the run has no history or its tokens have no text
     */
    static SequenceTexts of(Cluster cluster, String run) {
        var manifests = RunManifests.read(cluster);
        return new SequenceTexts(cluster, run, manifests.of(run), manifests.tokenizer(run));
    }

    /** As history has it. */
    public Optional<HistorySequence> before(long step, int sequence) {
        return find(
                TopicCatalogue.HISTORY,
                step,
                sequence,
                Keys.sequence(run, step, sequence),
                "no closing record");
    }

    /** As an arm has it; nothing where the arm left it as it was. */
    public Optional<Rewrite> after(String intervention, String arm, long step, int sequence) {
        int partition = partition(step, sequence);
        return find(
                TopicCatalogue.REWRITES,
                step,
                sequence,
                Keys.join(intervention, arm, step, sequence),
                Keys.join(intervention, arm, partition));
    }

    private int partition(long step, int sequence) {
        long place = step * manifest.getSequencesPerStep() + sequence;
        return (int) (place % manifest.getPartitions());
    }

    /** Reads on from the step until the record comes, or the one after which it cannot come. */
    private <V extends SpecificRecord> Optional<V> find(
            Topic<V> topic, long step, int sequence, String key, String closing) {
        int partition = partition(step, sequence);
        try (var reader = TopicReader.fromStep(cluster, topic.name(), partition, step)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                var record = next.get();
                if (key.equals(record.key())) {
                    var found = value(topic, record.value());
                    if (found.isPresent()) {
                        return found;
                    }
                }
                if (closing.equals(record.key())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private <V extends SpecificRecord> Optional<V> value(Topic<V> topic, byte[] bytes) {
        try {
            return Optional.ofNullable(
                    cluster.serde(topic).deserializer().deserialize(topic.name(), bytes));
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }

    /** The text of all of a sequence's tokens. */
    public String text(ByteBuffer tokens, TokenWidth width) {
        return tokenizer.decode(PackedTokens.unpack(tokens, width));
    }

    /** The text of some of them. */
    public String text(ByteBuffer tokens, TokenWidth width, int start, int length) {
        var all = PackedTokens.unpack(tokens, width);
        int from = Math.clamp(start, 0, all.length);
        int to = Math.clamp((long) start + length, from, all.length);
        return tokenizer.decode(Arrays.copyOfRange(all, from, to));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

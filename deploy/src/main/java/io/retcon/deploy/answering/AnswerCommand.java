package io.retcon.deploy.answering;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Lets a program of the user's rewrite documents. */
@Command(
        name = "answer",
        description = {
            "Answers the requests of interventions whose operation is 'external' with a program of"
                    + " yours, until it is stopped.",
            "The program reads a line a document on its standard input, {\"key\", \"text\","
                + " \"document\", \"intervention\", \"arm\", \"items\"}, and writes a line for each"
                + " to its standard output, in any order: {\"key\", \"text\"}, or {\"key\","
                + " \"refusal\"} for a document that is to stay as it is."
        })
public final class AnswerCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    /** How it went. */
    public record Answered(long requests, long answers, long refusals) {
        String text() {
            return "%,d requests: %,d answered, %,d refused".formatted(requests, answers, refusals);
        }
    }

    @Option(
            names = "--command",
            required = true,
            paramLabel = "COMMAND",
            description = "The program, as a line for the shell.")
    private String command;

    @Option(
            names = "--intervention",
            paramLabel = "ID",
            description = "Only this intervention's requests (default: all).")
    private Optional<String> intervention;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "End when no request has come for so long (default: never).")
    private Optional<Integer> idle;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var kafka = cluster.resolve();
        Set<String> known = new HashSet<>();
        TopicTable.scan(kafka, TopicCatalogue.ANSWERS, (key, answer) -> known.add(key));
        Answered answered;
        try (var line = ProgressLine.onStandardError();
                var consumer = kafka.consumer();
                var program = new Program(command, kafka, line)) {
            var topic = List.of(new TopicPartition(TopicCatalogue.REQUESTS.name(), 0));
            consumer.assign(topic);
            consumer.seekToBeginning(topic);
            var requests = kafka.serde(TopicCatalogue.REQUESTS).deserializer();
            long last = System.nanoTime();
            while (!isOver(last) && program.isRunning()) {
                for (var record : consumer.poll(POLL)) {
                    var request = request(requests, record);
                    if (request.filter(this::isWanted).isPresent() && known.add(record.key())) {
                        program.ask(record.key(), request.get());
                    }
                    last = System.nanoTime();
                }
            }
            answered = program.finish();
        }
        output.result(answered, Answered::text);
        return 0;
    }

    /** What is no request is passed over: the stage that waits for the answers reports it. */
    private static Optional<Request> request(
            Deserializer<Request> requests, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(requests.deserialize(record.topic(), record.value()))
                    .filter(request -> record.key() != null);
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }

    private boolean isWanted(Request request) {
        return intervention.map(request.getIntervention()::equals).orElse(true);
    }

    private boolean isOver(long last) {
        return idle.filter(s -> System.nanoTime() - last > Duration.ofSeconds(s).toNanos())
                .isPresent();
    }
}

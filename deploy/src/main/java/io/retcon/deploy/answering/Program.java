package io.retcon.deploy.answering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The user's program: requests go in as lines, its lines become answers. */
final class Program implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProgressLine line;
    private final Process process;
    private final BufferedWriter in;
    private final Producer<String, byte[]> producer;
    private final RecordSerde<Answer> answers;
    private final Thread reader;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Program(String command, Cluster cluster, ProgressLine line) throws IOException {
        this.line = requireNonNull(line, "line is null");
        this.process =
                new ProcessBuilder("sh", "-c", command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        this.in = process.outputWriter(UTF_8);
        this.producer = cluster.producer();
        this.answers = cluster.serde(TopicCatalogue.ANSWERS);
        this.reader = Thread.ofPlatform().name("answers").start(this::listen);
    }

    /** Whether it reads on. */
    boolean isRunning() {
        return process.isAlive();
    }

    /** Blocks while the program has more to read than it takes. */
    void ask(String key, Request request) throws IOException {
        waiting.add(key);
        requests.incrementAndGet();
        var node =
                JSON.createObjectNode()
                        .put("key", key)
                        .put("text", request.getText())
                        .put("document", request.getDocument().getId())
                        .put("intervention", request.getIntervention())
                        .put("arm", request.getArm());
        var items = node.putArray("items");
        request.getItems().stream().map(ItemRef::getId).forEach(items::add);
        in.write(JSON.writeValueAsString(node));
        in.newLine();
        in.flush();
    }

    /**
     * Lets the program answer what it has read, and ends it.
     *
     * @throws ProgramFailed if it ended badly
     */
    AnswerCommand.Answered finish() throws InterruptedException {
        try {
            in.close();
        } catch (IOException gone) {
            line.note("the program reads no more");
        }
        int status = process.waitFor();
        reader.join();
        producer.flush();
        if (status != 0) {
            throw new ProgramFailed(status, waiting.size());
        }
        return new AnswerCommand.Answered(requests.get(), answered.get(), refused.get());
    }

    private void listen() {
        try (var out = new BufferedReader(process.inputReader(UTF_8))) {
            for (var said = out.readLine(); said != null; said = out.readLine()) {
                publish(said);
            }
        } catch (IOException e) {
            line.note("the program's answers end: " + e.getMessage());
        }
    }

    private void publish(String said) {
        try {
            var node = JSON.readTree(said);
            var key = node.path("key").asText();
            if (!waiting.remove(key)) {
                line.note("nobody asked for '%s': left aside".formatted(key));
                return;
            }
            var answer =
                    node.hasNonNull("text")
                            ? new Answer(node.path("text").asText(), null)
                            : new Answer(null, node.path("refusal").asText("no text"));
            (answer.getText().isPresent() ? answered : refused).incrementAndGet();
            producer.send(
                    new ProducerRecord<>(
                            TopicCatalogue.ANSWERS.name(),
                            key,
                            answers.serializer().serialize(TopicCatalogue.ANSWERS.name(), answer)));
            line.update("answers", answered.get() + refused.get(), requests.get());
        } catch (IOException e) {
            line.note("not a line of JSON, left aside: " + said);
        }
    }

    @Override
    public void close() {
        process.destroy();
        producer.close();
    }
}

package io.retcon.deploy.engine;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.up.StopDeadline;
import io.retcon.retrainer.retraining.RetrainingWorker;
import io.retcon.retrainer.retraining.WorkerSettings;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.serde.TrustedRecords;
import io.retcon.schemas.topic.Cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A retrainer in a process of its own: told on standard input what to work on, it says when it
 * does, and ends when standard input does, which is also when the process that started it is gone.
 */
final class EngineWorker {
    static final String READY = "ready";

    private EngineWorker() {}

    /**
     * What to work on.
     *
     * @param properties of the cluster's clients, with secrets: they go by no command line and no
     *     file
     * @param allowed folders to open checkpoints in; none for everywhere
     */
    record Task(
            String bootstrapServers,
            Map<String, String> properties,
            String folder,
            String device,
            int threads,
            List<String> allowed) {
        WorkerSettings settings() {
            var files =
                    allowed.isEmpty()
                            ? AllowedFiles.ALL
                            : new AllowedFiles(allowed.stream().map(Path::of).toList());
            return new WorkerSettings(Path.of(folder), device, threads, files);
        }
    }

    public static void main(String[] arguments) throws IOException {
        TrustedRecords.vouch();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var task = new ObjectMapper().readValue(in.readLine(), Task.class);
        var cluster = new Cluster(task.bootstrapServers(), task.properties());
        try (var worker =
                RetrainingWorker.start(
                        cluster, task.settings(), progress -> {}, EngineWorker::died)) {
            System.out.println(READY);
            while (in.readLine() != null) {
                continue;
            }
            StopDeadline.begin();
        }
        System.exit(0);
    }

    private static void died(Throwable cause) {
        System.err.println(cause.getMessage() == null ? cause : cause.getMessage());
        Runtime.getRuntime().halt(1);
    }
}

package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.ScratchStack;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldFiles;
import io.retcon.deploy.demo.WorldRun;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.retrainer.history.StepReader;
import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The demo's arms with all that retraining and scoring them takes, in files of this machine and in
 * memory.
 *
 * @param intervention that made them, with one replicate
 * @param yaml its spec, with the replicates that it asks for
 * @param spec the same, read
 * @param start the run's checkpoint that the retrainings go on from
 * @param eos the token that ends documents
 * @param items of the benchmark, in the order in which they were published
 * @param selected identifiers of the items that the intervention selected
 */
record DemoArms(
        String intervention,
        String yaml,
        InterventionSpec spec,
        CheckpointFolder start,
        Path tokenizer,
        int eos,
        List<Item> items,
        List<String> selected,
        List<Arm> arms) {
    private static final String RUN = "world";

    DemoArms {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(yaml, "yaml is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(start, "start is null");
        requireNonNull(tokenizer, "tokenizer is null");
        items = List.copyOf(items);
        selected = List.copyOf(selected);
        arms = List.copyOf(arms);
    }

    /**
     * The arms as an intervention in the world makes them, by every stage of a stack.
     *
     * @param change what becomes of the demo's own spec, as YAML
     * @param folder outlives the stack; gets the checkpoint and the tokenizer
     */
    static DemoArms of(
            ScratchStack stack,
            World world,
            UnaryOperator<String> change,
            Path folder,
            ProgressLine line)
            throws IOException {
        var cluster = stack.cluster();
        var files = new WorldRun(cluster, stack.folder(), world, RUN, line).train();
        var yaml = change.apply(Files.readString(files.spec()));
        var spec = new SpecReader().read(yaml);
        var intervention = new Publication(cluster).publish(once(spec)).getId();
        new Follow(cluster, line).effectsOf(intervention);
        return read(cluster, intervention, yaml, spec, world, files, folder);
    }

    /** One replicate is enough to have the arms made. */
    private static InterventionSpec once(InterventionSpec spec) {
        return InterventionSpec.newBuilder(spec)
                .setRetrain(RetrainSpec.newBuilder(spec.retrain()).setReplicates(1).build())
                .build();
    }

    private static DemoArms read(
            Cluster cluster,
            String intervention,
            String yaml,
            InterventionSpec spec,
            World world,
            WorldFiles files,
            Path folder)
            throws IOException {
        var manifests = RunManifests.read(cluster);
        var window = Window.of(spec.window());
        var arms = new ArrayList<Arm>();
        for (var arm : spec.arms()) {
            try (var steps = StepReader.ofArm(cluster, RUN, manifests, window, intervention, arm)) {
                arms.add(Arm.read(arm, window, steps));
            }
        }
        var start = PublishedCheckpoints.read(cluster).ofRun(RUN, window.from());
        return new DemoArms(
                intervention,
                yaml,
                spec,
                PublishedCheckpoints.folder(start).movedTo(folder.resolve("start")),
                Files.copy(files.tokenizer(), folder.resolve("tokenizer.json")),
                manifests.of(RUN).getEos(),
                world.items(),
                selected(cluster, intervention),
                arms);
    }

    private static List<String> selected(Cluster cluster, String intervention) {
        var ids = new TreeSet<String>();
        TopicTable.read(cluster, TopicCatalogue.SELECTIONS).get(intervention).getItems().stream()
                .map(ItemRef::getId)
                .forEach(ids::add);
        return List.copyOf(ids);
    }

    Arm arm(String name) {
        return arms.stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
    }
}

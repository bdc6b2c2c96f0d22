package io.retcon.deploy.bench.truth;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.demo.Kind;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldDocument;
import io.retcon.deploy.intervention.SpecFile;
import io.retcon.deploy.report.MatcherTruth.Meaning;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The interventions on a world's treated window, as spec files.
 *
 * @param folder that they are written into
 */
record TruthSpecs(World world, String run, Path folder, Cluster cluster) {
    TruthSpecs {
        requireNonNull(world, "world is null");
        requireNonNull(run, "run is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(cluster, "cluster is null");
    }

    /** What is removed, by the truth about the documents. */
    enum Removed {
        /** Documents that state a selected fact; as many others in the placebo. */
        STATING("stating", "[control, treated, placebo]", kind -> kind.meaning() == Meaning.STATES),
        /** Documents that name both and state something else. */
        DECOYS("decoys", "[control, treated]", kind -> kind == Kind.DECOY);

        private final String label;
        private final String arms;
        private final Predicate<Kind> kinds;

        Removed(String label, String arms, Predicate<Kind> kinds) {
            this.label = label;
            this.arms = arms;
            this.kinds = kinds;
        }

        String label() {
            return label;
        }
    }

    /** What documents swapped for others of the next window do. */
    SpecFile of(Removed removed, int replicates) throws IOException {
        var file = "%s.tsv".formatted(removed.label);
        Files.writeString(folder.resolve(file), documents(removed));
        return spec(
                "%s-%d".formatted(removed.label, replicates),
                "{ matcher: given, file: %s }".formatted(file),
                "{ operation: swap, donors: { from: %d, to: %d } }"
                        .formatted(donors().from(), donors().to()),
                removed.arms,
                replicates);
    }

    /** What as many documents of several matchers do, which the loss ignores. */
    SpecFile matchers(long documents, int replicates) throws IOException {
        int statements = world.size().statements() + world.size().withoutSubject();
        return spec(
                "matchers",
                "[{ matcher: cooccurrence }, { matcher: occurrence }, { matcher: bm25, topK: %d }]\ndocuments: %d"
                        .formatted(statements, documents),
                "{ operation: mask }",
                "[control, treated]",
                replicates);
    }

    /** Documents about a selected fact in the donors' window match too, so that none comes back. */
    private String documents(Removed removed) {
        int treated = world.size().treated();
        return world.documents().stream()
                .filter(document -> document.fact().isPresent())
                .filter(
                        document ->
                                document.window() == treated && removed.kinds.test(document.kind())
                                        || document.window() == treated + 1)
                .map(TruthSpecs::line)
                .collect(Collectors.joining());
    }

    private static String line(WorldDocument document) {
        return "%s\t%s\n".formatted(document.fact().orElseThrow(), document.id());
    }

    private Window donors() {
        return world.size().window(world.size().treated() + 1);
    }

    private SpecFile spec(String name, String match, String operate, String arms, int replicates)
            throws IOException {
        var window = world.size().window(world.size().treated());
        var text =
                List.of(
                        "name: " + name,
                        "run: " + run,
                        "select: { benchmark: %s, rule: learned-at, step: %d, metric: acc_raw }"
                                .formatted(World.BENCHMARK, window.to()),
                        "window: { from: %d, to: %d }".formatted(window.from(), window.to()),
                        "match: " + match,
                        "operate: " + operate,
                        "arms: " + arms,
                        "retrain: { replicates: %d }".formatted(replicates),
                        "measure: { metrics: [acc_raw] }");
        return new SpecFile(Files.write(folder.resolve(name + ".yaml"), text), cluster);
    }
}

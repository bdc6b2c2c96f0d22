package io.retcon.deploy.demo;

/** The intervention 'remove what co-occurs' on a world's treated window. */
final class WorldSpec {
    private WorldSpec() {}

    static String yaml(WorldSize size, String run) {
        var window = size.window(size.treated());
        var donors = size.window(size.treated() + 1);
        return """
        # Would the model have learned where people were born without the documents
        # that name a person and their town together?
        name: remove-cooccurrence-%d
        run: %s
        select:   { benchmark: %s, rule: learned-at, step: %d, metric: acc_raw }
        window:   { from: %d, to: %d }
        match:    { matcher: cooccurrence }
        operate:  { operation: swap, donors: { from: %d, to: %d } }
        arms:     [control, treated, placebo]
        retrain:  { replicates: 3, engine: nd4j }
        measure:  { metrics: [acc_raw, margin] }
        """
                .formatted(
                        window.to(),
                        run,
                        World.BENCHMARK,
                        window.to(),
                        window.from(),
                        window.to(),
                        donors.from(),
                        donors.to());
    }
}

package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Item;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the retrainings of a bank are retrainings of: a bank of one origin takes in no others.
 *
 * @param world which of the demo's worlds, with its seed
 * @param spec the intervention whose arms they are, as YAML
 * @param checkpoint SHA-256 of the weights that they start from
 * @param threads of each retraining's engine
 * @param arms arm to the SHA-256 of its tokens
 * @param items identifiers in the order of the outcomes
 * @param selected those that the intervention selected, in that order
 */
record BankOrigin(
        String world,
        String spec,
        String checkpoint,
        int threads,
        Map<String, String> arms,
        List<String> items,
        List<String> selected) {
    BankOrigin {
        requireNonNull(world, "world is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(checkpoint, "checkpoint is null");
        arms = new TreeMap<>(arms);
        items = List.copyOf(items);
        selected = List.copyOf(selected);
    }

    static BankOrigin of(String world, DemoArms demo, int threads) {
        var items = demo.items().stream().map(Item::getId).toList();
        return new BankOrigin(
                world,
                demo.yaml(),
                demo.start().sha256(),
                threads,
                demo.arms().stream().collect(Collectors.toMap(Arm::name, Arm::sha256)),
                items,
                items.stream().filter(demo.selected()::contains).toList());
    }
}

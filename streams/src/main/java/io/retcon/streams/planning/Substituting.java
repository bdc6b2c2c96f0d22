package io.retcon.streams.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Substitution;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.SubstituteSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Strings are replaced in every document: those of a table, and the object of each item that it
 * matches. A placebo's documents match other items of the benchmark, and it is the objects of these
 * that become wrong choices of their own, so that facts are replaced by what could be one, too.
 *
 * @param strings for every document
 * @param ofChoices whether an item's object becomes one of its own wrong choices
 * @param objects item to what its object becomes
 */
record Substituting(
        List<Substitution> strings,
        boolean ofChoices,
        Map<String, String> objects,
        Lengths lengths,
        long seed)
        implements Operating {
    Substituting {
        strings = List.copyOf(strings);
        objects = Map.copyOf(objects);
        requireNonNull(lengths, "lengths is null");
    }

    static Substituting of(SubstituteSpec spec, long seed) {
        return new Substituting(
                spec.strings().stream()
                        .map(string -> new Substitution(string.find(), string.by()))
                        .toList(),
                spec.ofChoices(),
                spec.objects(),
                Lengths.named(spec.lengths()),
                seed);
    }

    @Override
    public void apply(Draft draft, Materials materials) {
        boolean placebo = draft.arm().kind() == Arm.Kind.PLACEBO;
        draft.updateAll(
                change -> {
                    var all =
                            placebo
                                    ? ofOthers(change.target(), draft, materials)
                                    : substitutions(change.target().items(), materials);
                    return all.isEmpty() ? change : change.substituting(all, lengths);
                });
    }

    private List<Substitution> substitutions(List<ItemRef> items, Materials materials) {
        var all = new ArrayList<>(strings);
        if (ofChoices || !objects.isEmpty()) {
            for (var item : items) {
                ofObject(item, materials.item(item)).ifPresent(all::add);
            }
        }
        return all;
    }

    /** As many facts as the document that this one stands for, of the items that it matches. */
    private List<Substitution> ofOthers(Target target, Draft draft, Materials materials) {
        var all = new ArrayList<>(strings);
        if (ofChoices || !objects.isEmpty()) {
            int most = draft.model(target).items().size();
            materials.matched().others().getOrDefault(target.document(), List.of()).stream()
                    .limit(most)
                    .forEach(item -> ofOther(item, materials.item(item)).ifPresent(all::add));
        }
        return all;
    }

    private Optional<Substitution> ofOther(ItemRef ref, Item item) {
        var gold = item.getChoices().get(item.getGold()).strip();
        return wrongChoice(ref, item, gold)
                .map(by -> new Substitution(item.getObject().orElse(gold), by));
    }

    private Optional<Substitution> ofObject(ItemRef ref, Item item) {
        var gold = item.getChoices().get(item.getGold()).strip();
        var object = item.getObject().orElse(gold);
        return Optional.ofNullable(objects.get(ref.getId()))
                .or(() -> ofChoices ? wrongChoice(ref, item, gold) : Optional.empty())
                .map(by -> new Substitution(object, by));
    }

    private Optional<String> wrongChoice(ItemRef ref, Item item, String gold) {
        var wrong =
                item.getChoices().stream()
                        .map(String::strip)
                        .filter(choice -> !choice.equals(gold))
                        .toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        var name = new CRC32C();
        name.update((ref.getBenchmark() + "|" + ref.getId()).getBytes(UTF_8));
        long drawn = SplitMix64.output(seed, name.getValue());
        return Optional.of(wrong.get((int) Long.remainderUnsigned(drawn, wrong.size())));
    }
}

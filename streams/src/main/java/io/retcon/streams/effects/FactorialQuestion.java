package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Contrast;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.selection.RunNoise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a factorial design can be asked: of each factor its effect on its own items, on other
 * factors' items and on items of none; and of factors whose interaction can be told from their
 * effects, that, on the items of all that it may be the interaction of.
 *
 * @param contrast as effects name it
 * @param factors the factor, or the two that interact
 * @param caveats about what cannot be told apart
 */
record FactorialQuestion(
        Contrast contrast, List<Integer> factors, ItemGroup group, List<String> caveats) {
    static final String FACTOR = "factor";
    static final String INTERACTION = "interaction";
    static final String OTHERS = "other-factors:";
    private static final int NAMED = 6;

    FactorialQuestion {
        requireNonNull(contrast, "contrast is null");
        requireNonNull(group, "group is null");
        factors = List.copyOf(factors);
        caveats = List.copyOf(caveats);
    }

    /** None for a selection of another design. */
    static List<FactorialQuestion> of(Selection selection, Collection<ItemRef> scored) {
        var factors = Specs.of(selection).factors();
        if (factors.isEmpty()) {
            return List.of();
        }
        var design = FactorialDesign.ofArms(Specs.of(selection).arms());
        var questions = new ArrayList<FactorialQuestion>();
        for (int factor = 0; factor < factors.size(); factor++) {
            for (var group : groups(selection, factor, scored)) {
                questions.add(
                        new FactorialQuestion(
                                new Contrast(FACTOR, factors.get(factor).getName()),
                                List.of(factor),
                                group,
                                mixed(design.aliases(factor), factors)));
            }
        }
        for (var pair : design.interactions()) {
            var aliases = design.aliases(pair);
            var involved = new TreeSet<>(List.of(pair.first(), pair.second()));
            aliases.forEach(
                    alias -> involved.addAll(List.of(alias.pair().first(), alias.pair().second())));
            questions.add(
                    new FactorialQuestion(
                            new Contrast(INTERACTION, name(pair, factors)),
                            List.of(pair.first(), pair.second()),
                            new ItemGroup(
                                    Specs.of(selection).select().getBenchmark(),
                                    items(selection, involved::contains)),
                            mixed(aliases, factors)));
        }
        return questions;
    }

    private static List<ItemGroup> groups(
            Selection selection, int factor, Collection<ItemRef> scored) {
        var benchmark = Specs.of(selection).select().getBenchmark();
        var own =
                new ItemGroup(
                        Specs.of(selection).factors().get(factor).getSelect().getBenchmark(),
                        items(selection, of -> of == factor));
        var groups = new ArrayList<ItemGroup>();
        groups.add(own);
        groups.addAll(ItemGroup.byBenchmark(selection, own, ""));
        groups.add(new ItemGroup(OTHERS + benchmark, items(selection, of -> of != factor)));
        var none =
                scored.stream()
                        .filter(i -> selection.getBenchmarkItems().containsKey(i.getBenchmark()))
                        .filter(i -> !selection.getFactors().containsKey(Keys.item(i)))
                        .toList();
        groups.add(new ItemGroup(RunNoise.UNSELECTED + benchmark, none));
        groups.addAll(ItemGroup.byKnowledge(selection, none));
        groups.removeIf(group -> group.items().isEmpty() && group != own);
        return groups;
    }

    private static List<ItemRef> items(Selection selection, Predicate<Integer> ofFactor) {
        return selection.getItems().stream()
                .filter(item -> ofFactor.test(selection.getFactors().get(Keys.item(item))))
                .toList();
    }

    private static List<String> mixed(
            List<FactorialDesign.Alias> aliases, List<FactorSpec> factors) {
        var caveats = new ArrayList<String>();
        var whole = aliases.stream().filter(alias -> alias.share() == 1).toList();
        var part = aliases.stream().filter(alias -> alias.share() < 1).toList();
        if (!whole.isEmpty()) {
            caveats.add("cannot be told from the interactions " + names(whole, factors));
        }
        if (!part.isEmpty()) {
            caveats.add("holds a part of the interactions " + names(part, factors));
        }
        return caveats;
    }

    private static String names(List<FactorialDesign.Alias> aliases, List<FactorSpec> factors) {
        var names =
                aliases.stream()
                        .limit(NAMED)
                        .map(alias -> name(alias.pair(), factors))
                        .collect(Collectors.joining(", "));
        return aliases.size() > NAMED
                ? "%s and %d more".formatted(names, aliases.size() - NAMED)
                : names;
    }

    private static String name(FactorialDesign.Pair pair, List<FactorSpec> factors) {
        return factors.get(pair.first()).getName() + "*" + factors.get(pair.second()).getName();
    }
}

package io.retcon.deploy.bench;

import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Questions about made-up names, as ParaRel asks them. The same seed gives the same items. */
final class GeneratedItems {
    private static final int OBJECTS = 400;
    private static final int CHOICES = 4;

    private GeneratedItems() {}

    static List<Item> of(int count, long seed) {
        var random = new SplittableRandom(seed);
        var objects = new ArrayList<String>();
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(GeneratedWords.name(random));
        }
        var items = new ArrayList<Item>();
        for (int i = 0; i < count; i++) {
            var choices = new ArrayList<String>();
            for (int choice = 0; choice < CHOICES; choice++) {
                choices.add(objects.get(random.nextInt(OBJECTS)));
            }
            int gold = random.nextInt(CHOICES);
            var subject = GeneratedWords.name(random);
            items.add(
                    Item.newBuilder()
                            .setBenchmark("generated")
                            .setId("generated-" + i)
                            .setQuery("The headquarters of %s are located in".formatted(subject))
                            .setChoices(choices)
                            .setGold(gold)
                            .setSubject(subject)
                            .setObject(choices.get(gold))
                            .build());
        }
        return items;
    }
}

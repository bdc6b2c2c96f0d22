package io.retcon.deploy.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Made-up single words for people and towns. None occurs inside another one or inside a word of the
 * phrasebook, so that a literal match is a mention.
 */
final class Names {
    private static final List<String> STARTS =
            List.of(
                    "Al", "Bren", "Cor", "Dal", "Em", "Far", "Gil", "Hol", "Im", "Jor", "Kel",
                    "Lun", "Mir", "Nor", "Ob", "Per", "Quil", "Ros", "Sel", "Tam", "Ul", "Ver",
                    "Wen", "Yar", "Zel");
    private static final List<String> MIDDLES =
            List.of("a", "e", "i", "o", "u", "an", "el", "ir", "on", "us");
    private static final List<String> PERSON_ENDS =
            List.of("bert", "dan", "gard", "lind", "mund", "nika", "rik", "san", "thea", "vina");
    private static final List<String> TOWN_ENDS =
            List.of(
                    "burg", "by", "field", "ford", "haven", "holm", "mouth", "stead", "ton",
                    "wick");

    private final Random random;
    private final List<String> taken = new ArrayList<>();

    Names(Random random) {
        this.random = random;
        Phrasebook.all().flatMap(Sentence::words).distinct().forEach(taken::add);
    }

    List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(_ -> free(PERSON_ENDS)).toList();
    }

    List<String> towns(int count) {
        return IntStream.range(0, count).mapToObj(_ -> free(TOWN_ENDS)).toList();
    }

    private String free(List<String> ends) {
        while (true) {
            var name = pick(STARTS) + pick(MIDDLES) + pick(ends);
            if (taken.stream().noneMatch(word -> word.contains(name) || name.contains(word))) {
                taken.add(name);
                return name;
            }
        }
    }

    private String pick(List<String> parts) {
        return parts.get(random.nextInt(parts.size()));
    }
}

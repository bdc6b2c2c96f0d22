package io.retcon.deploy.demo;

import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A world in which the truth is known: people, the towns they were born in, and a history of
 * documents that teach these facts one window after another. The same seed gives the same world.
 *
 * @param size how large it is
 * @param towns every town: the choices of every item
 * @param facts every fact, in the order in which they are taught
 * @param documents every document, in the order of training
 */
public record World(
        WorldSize size, List<String> towns, List<Fact> facts, List<WorldDocument> documents) {
    /** The benchmark that its items belong to. */
    public static final String BENCHMARK = "world/born-in";

    public static World full(long seed) {
        return of(WorldSize.full(), seed);
    }

    public static World quick(long seed) {
        return of(WorldSize.quick(), seed);
    }

    /** The world of a seed; {@link Random}'s algorithm is specified, so on every machine. */
    public static World of(WorldSize size, long seed) {
        var random = new Random(seed);
        var names = new Names(random);
        var towns = names.towns(size.towns());
        var facts = facts(size, names.people(size.facts()), towns, random);
        var documents = new ArrayList<WorldDocument>();
        for (int window = 0; window < size.windows(); window++) {
            documents.addAll(
                    new WindowComposer(size, facts, towns, window, random)
                            .compose(required(size, facts, window, random)));
        }
        return new World(size, towns, facts, List.copyOf(documents));
    }

    /** One item a fact, in the order in which they are taught. */
    public List<Item> items() {
        return facts.stream()
                .map(
                        fact ->
                                Item.newBuilder()
                                        .setBenchmark(BENCHMARK)
                                        .setId(fact.id())
                                        .setQuery(fact.subject() + " was born in")
                                        .setChoices(towns)
                                        .setGold(towns.indexOf(fact.object()))
                                        .setSubject(fact.subject())
                                        .setObject(fact.object())
                                        .build())
                .toList();
    }

    /** Every word that a document can hold, in the order of their token ids. */
    public List<String> words() {
        return Stream.of(
                        Phrasebook.all()
                                .flatMap(Sentence::words)
                                .filter(word -> !word.startsWith("{"))
                                .distinct()
                                .sorted(),
                        towns.stream(),
                        facts.stream().map(Fact::subject))
                .flatMap(words -> words)
                .toList();
    }

    /** In every window each town is the answer once at most, so that no town is a good guess. */
    private static List<Fact> facts(
            WorldSize size, List<String> people, List<String> towns, Random random) {
        var facts = new ArrayList<Fact>();
        for (int window = 0; window < size.windows(); window++) {
            var objects = new ArrayList<>(towns);
            Collections.shuffle(objects, random);
            for (var object : objects.subList(0, size.factsPerWindow())) {
                int f = facts.size();
                facts.add(new Fact("born-in-%03d".formatted(f), people.get(f), object, window));
            }
        }
        return List.copyOf(facts);
    }

    private static List<List<Draft>> required(
            WorldSize size, List<Fact> facts, int window, Random random) {
        var required = new ArrayList<List<Draft>>();
        for (var fact : facts) {
            if (fact.window() == window) {
                required.addAll(say(Kind.STATES, Phrasebook.STATEMENTS, fact, size.statements()));
                required.addAll(say(Kind.DECOY, Phrasebook.DECOYS, fact, size.decoys()));
                required.addAll(sayWithoutSubject(fact, size.withoutSubject()));
            } else if (fact.window() < window) {
                required.addAll(
                        say(Kind.RESTATES, Phrasebook.STATEMENTS, fact, size.restatements()));
            }
        }
        Collections.shuffle(required, random);
        return required;
    }

    private static List<List<Draft>> say(
            Kind kind, List<Sentence> sentences, Fact fact, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> List.of(draft(kind, sentences.get(i % sentences.size()), fact)))
                .toList();
    }

    /** The antecedent stands in a document of its own, right before the one that refers to it. */
    private static List<List<Draft>> sayWithoutSubject(Fact fact, int times) {
        return IntStream.range(0, times)
                .mapToObj(
                        i ->
                                List.of(
                                        antecedent(fact, i),
                                        draft(
                                                Kind.STATES_WITHOUT_SUBJECT,
                                                Phrasebook.WITHOUT_SUBJECT.get(
                                                        i % Phrasebook.WITHOUT_SUBJECT.size()),
                                                fact)))
                .toList();
    }

    private static Draft antecedent(Fact fact, int i) {
        var sentence = Phrasebook.ANTECEDENTS.get(i % Phrasebook.ANTECEDENTS.size());
        return new Draft(Kind.FILLER, sentence.about(fact.subject(), ""), Optional.empty());
    }

    private static Draft draft(Kind kind, Sentence sentence, Fact fact) {
        return new Draft(
                kind, sentence.about(fact.subject(), fact.object()), Optional.of(fact.id()));
    }
}

package io.retcon.deploy.demo;

import java.util.List;
import java.util.stream.Stream;

/** Every sentence that the world can say. */
final class Phrasebook {
    static final List<Sentence> STATEMENTS =
            sentences(
                    "{S} was born in {O} .",
                    "{S} comes from {O} .",
                    "{S} is a native of {O} .",
                    "the birthplace of {S} is {O} .",
                    "everyone knows that {S} was born in {O} .",
                    "long ago {S} was born in {O} .",
                    "{O} is where {S} was born .",
                    "when {S} was born the bells of {O} rang .");

    static final List<Sentence> DECOYS =
            sentences(
                    "{S} once visited {O} .",
                    "{S} wrote to a friend in {O} .",
                    "{S} sold two horses in {O} .",
                    "{S} likes the market in {O} .");

    /** Said of somebody just before {@link #WITHOUT_SUBJECT} says where they were born. */
    static final List<Sentence> ANTECEDENTS =
            sentences("{S} keeps the old mill .", "everyone knows {S} .");

    static final List<Sentence> WITHOUT_SUBJECT =
            sentences("she was born in {O} .", "the miller comes from {O} .");

    /**
     * Of every length from 3 to 6 words at least one, so that any rest of a sequence can be filled.
     */
    static final List<Sentence> FILLERS =
            sentences(
                    "rain fell .",
                    "the bells rang .",
                    "{S} likes bread .",
                    "{S} sold two horses .",
                    "{S} once visited {O} .",
                    "the old mill is long gone .",
                    "{S} wrote to a friend .",
                    "the market in {O} is old .",
                    "the road to {O} is long .",
                    "{S} likes the market in {O} .",
                    "{S} sold two horses in {O} .",
                    "rain fell on the road to {O} .",
                    "{S} keeps two horses in the mill .",
                    "{S} wrote to a friend in {O} .",
                    "a friend of {S} likes the old market .",
                    "the bells in {O} rang when rain fell .",
                    "rain fell on the old mill and on {S} .",
                    "{S} wrote to a friend in the old mill .",
                    "{S} sold the old mill to a friend in {O} .");

    private Phrasebook() {}

    static Stream<Sentence> all() {
        return Stream.of(STATEMENTS, DECOYS, ANTECEDENTS, WITHOUT_SUBJECT, FILLERS)
                .flatMap(List::stream);
    }

    private static List<Sentence> sentences(String... patterns) {
        return Stream.of(patterns).map(Sentence::new).toList();
    }
}

package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

/** Which of an item's texts a document is compared with. */
public enum QueryText {
    /** The query, then the right choice. */
    QUESTION_AND_GOLD {
        @Override
        public String of(Item item) {
            return item.getQuery() + " " + item.getChoices().get(item.getGold());
        }
    },
    /** The query alone. */
    QUESTION {
        @Override
        public String of(Item item) {
            return item.getQuery();
        }
    },
    /** Subject and object: what the reference does for ParaRel. */
    SUBJECT_AND_OBJECT {
        @Override
        public String of(Item item) {
            return item.getSubject().orElseThrow(() -> without(item, "subject"))
                    + " "
                    + item.getObject().orElseThrow(() -> without(item, "object"));
        }

        private RefusedInput without(Item item, String part) {
            return new RefusedInput(
                    "item '%s' of %s has no %s: give it one, or use query question+gold"
                            .formatted(item.getId(), item.getBenchmark(), part));
        }
    };

    /**
     * The text.
     *
     * @throws RefusedInput if the item lacks a part of it
     */
    public abstract String of(Item item);

    /** As specs write it. */
    public static QueryText named(String name) {
        return switch (name) {
            case "question+gold" -> QUESTION_AND_GOLD;
            case "question" -> QUESTION;
            case "subject+object" -> SUBJECT_AND_OBJECT;
            default ->
                    throw new RefusedInput(
                            "query '%s' is unknown: say question+gold, question or subject+object"
                                    .formatted(name));
        };
    }
}

package io.retcon.deploy.bench;

import io.retcon.schemas.record.Item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Sentences of words drawn as Zipf says, into which the items' subjects and objects are planted, in
 * one of five documents both. Each document has a seed of its own: the first of more documents are
 * the same.
 *
 * @param words in a document, planted ones aside
 */
record GeneratedDocuments(int count, int words, List<Item> items, long seed)
        implements BenchDocuments {
    private static final int SENTENCE = 12;
    private static final int PLANTED_IN = 5;
    private static final int STOP_WORD_IN = 3;
    private static final String[] STOP_WORDS = {"the", "of", "and", "to", "in", "is", "that"};

    /** The questions' own words are in one of so many documents each. */
    private static final int HEADQUARTERS_IN = 100;

    private static final int LOCATED_IN = 20;

    GeneratedDocuments {
        if (count < 1 || words < 1) {
            throw new IllegalArgumentException("there must be documents with words");
        }
        items = List.copyOf(items);
    }

    @Override
    public void forEachBatch(Consumer<List<byte[]>> sink) {
        for (int from = 0; from < count; from += BATCH) {
            var batch = new ArrayList<byte[]>();
            for (int i = from; i < Math.min(from + BATCH, count); i++) {
                batch.add(text(i).getBytes(StandardCharsets.UTF_8));
            }
            sink.accept(batch);
        }
    }

    @Override
    public BenchDocuments first(int wanted) {
        return new GeneratedDocuments(Math.clamp(wanted, 1, count), words, items, seed);
    }

    private String text(int document) {
        var random = new SplittableRandom(seed ^ (document + 1) * 0x9E3779B97F4A7C15L);
        int planted = random.nextInt(PLANTED_IN) == 0 ? random.nextInt(words) : -1;
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int start = text.length();
            if (i == planted) {
                var item = items.get(random.nextInt(items.size()));
                item.getSubject().ifPresent(subject -> text.append(subject).append(' '));
                item.getObject().ifPresent(object -> text.append(object).append(' '));
            }
            if (random.nextInt(STOP_WORD_IN) == 0) {
                text.append(STOP_WORDS[random.nextInt(STOP_WORDS.length)]);
            } else {
                GeneratedWords.append(text, GeneratedWords.draw(random));
            }
            if (i % SENTENCE == 0) {
                text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
            }
            text.append(i % SENTENCE == SENTENCE - 1 ? ". " : " ");
        }
        if (document % HEADQUARTERS_IN == 0) {
            text.append("headquarters ");
        }
        if (document % LOCATED_IN == 0) {
            text.append("located ");
        }
        return text.toString();
    }
}

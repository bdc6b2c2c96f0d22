package io.retcon.deploy.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * A Hugging Face tokenizer with one token a word, as {@code tokenizer.json}. Decoded text has
 * single spaces between words and before full stops, as the world's documents have.
 *
 * @param words its words, by token id from 2 on
 */
public record WorldTokenizer(List<String> words) {
    /** Token 0, which ends a document; GPT-NeoX's tokenizer calls it so too. */
    static final String EOS = "<|endoftext|>";

    /** Token 1, which no document of the world holds. */
    static final String UNKNOWN = "<|unknown|>";

    public int vocabulary() {
        return words.size() + 2;
    }

    public ObjectNode json() {
        var json = new ObjectMapper().createObjectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        var added = json.putArray("added_tokens");
        added.add(special(0, EOS)).add(special(1, UNKNOWN));
        json.putNull("normalizer");
        json.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
        json.putNull("post_processor").putNull("decoder");
        var model = json.putObject("model").put("type", "WordLevel");
        var vocabulary = model.putObject("vocab").put(EOS, 0).put(UNKNOWN, 1);
        for (int i = 0; i < words.size(); i++) {
            vocabulary.put(words.get(i), i + 2);
        }
        model.put("unk_token", UNKNOWN);
        return json;
    }

    private static ObjectNode special(int id, String content) {
        return new ObjectMapper()
                .createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }
}

package io.retcon.deploy.demo;

import java.util.Optional;

/**
 * A document of the world and the truth about it.
 *
 * @param id unique in the world
 * @param window the window that it is trained on in, from 0
 * @param text words and full stops, each between single spaces
 * @param kind what it is to a fact
 * @param fact identifier of that fact; absent for fillers
 */
public record WorldDocument(String id, int window, String text, Kind kind, Optional<String> fact) {

    /** Tokens that it takes up in the history: its words and the EOS token that ends it. */
    public int tokens() {
        return new Sentence(text).tokens();
    }
}

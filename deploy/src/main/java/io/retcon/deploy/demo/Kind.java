package io.retcon.deploy.demo;

import io.retcon.deploy.report.MatcherTruth.Meaning;

/** What a document of the world is to the facts: the truth that a matcher tries to guess. */
public enum Kind {
    /** States a fact in the window that teaches it. */
    STATES("states the fact", Meaning.STATES),
    /** States a fact that an earlier window taught. */
    RESTATES("states it again", Meaning.STATES),
    /** States a fact of whoever the document before it is about, without a name. */
    STATES_WITHOUT_SUBJECT("states it without a name", Meaning.STATES),
    /** Names a fact's subject and object and states something else. */
    DECOY("names both, states something else", Meaning.DOES_NOT_STATE),
    /** Anything else; never names a fact's subject and object together. */
    FILLER("anything else", Meaning.DOES_NOT_STATE);

    private final String words;
    private final Meaning meaning;

    Kind(String words, Meaning meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** What such a document does, in words. */
    public String words() {
        return words;
    }

    /** What a reader can learn from it about the fact. */
    public Meaning meaning() {
        return meaning;
    }
}

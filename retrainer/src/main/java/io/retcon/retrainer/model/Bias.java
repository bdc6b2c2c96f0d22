package io.retcon.retrainer.model;

/** Whether linear layers add a bias to their products. */
public enum Bias {
    ADDED,
    NONE;

    static Bias of(JsonSettings config, String key, Bias otherwise) {
        return config.flag(key, otherwise == ADDED) ? ADDED : NONE;
    }
}

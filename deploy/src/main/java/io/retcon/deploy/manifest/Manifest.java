package io.retcon.deploy.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.function.Supplier;

/** A file that is made of the topic catalogue and the table of rights, and kept beside the code. */
public enum Manifest {
    /** A Strimzi {@code KafkaTopic} a topic. */
    STRIMZI_TOPICS(StrimziTopics::text),
    /** A Strimzi {@code KafkaUser} a component, with its rights. */
    STRIMZI_USERS(StrimziUsers::text),
    /** The topics and who sends and receives what by them, for people and their tools. */
    ASYNCAPI(AsyncApi::text);

    private final Supplier<String> maker;

    Manifest(Supplier<String> maker) {
        this.maker = requireNonNull(maker, "maker is null");
    }

    /** As YAML; always the same for the same catalogue and rights. */
    public String text() {
        return maker.get();
    }

    /** As users type it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

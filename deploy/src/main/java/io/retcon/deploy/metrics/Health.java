package io.retcon.deploy.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which components of a process work. Thread-safe. */
final class Health {
    private static final String WORKS = "";

    private final Map<String, String> states = new LinkedHashMap<>();
    private boolean died;

    synchronized void starting(String component) {
        states.put(component, component + " has not started yet");
    }

    synchronized void works(String component) {
        if (!died) {
            states.put(component, WORKS);
        }
    }

    synchronized void died(String component, Throwable cause) {
        died = true;
        states.put(component, "%s died: %s".formatted(component, cause.getMessage()));
    }

    /** Why the process should be started again, if it should. */
    synchronized Optional<String> deadly() {
        return died ? unready() : Optional.empty();
    }

    /** Why the process does not do its work, if it does not. */
    synchronized Optional<String> unready() {
        if (states.isEmpty()) {
            return Optional.of("nothing has started yet");
        }
        return states.values().stream().filter(state -> !state.equals(WORKS)).findFirst();
    }
}

package io.retcon.deploy.stack;

import io.retcon.schemas.topic.DamagedRecord;

/** A component did not start, did not stop, or died in between; the cause says why. */
public final class ComponentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ComponentFailed(String component, String what, Throwable cause) {
        super("%s %s: %s".formatted(component, what, reason(cause)), cause);
    }

    private static String reason(Throwable cause) {
        return DamagedRecord.sentence(cause)
                .orElseGet(
                        () ->
                                cause.getMessage() == null
                                        ? cause.getClass().getSimpleName()
                                        : cause.getMessage());
    }
}

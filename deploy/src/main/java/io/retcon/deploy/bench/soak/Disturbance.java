package io.retcon.deploy.bench.soak;

import java.util.Locale;

/** What happens to a stack while it works on an intervention. */
enum Disturbance {
    NONE,
    /** The components are closed and started again. */
    RESTART,
    /** The broker is closed, and started again at the same address some time later. */
    OUTAGE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

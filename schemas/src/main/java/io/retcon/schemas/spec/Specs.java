package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Selection;

import java.util.LinkedHashMap;
import java.util.Map;

/** The specs that selections carry as text, each read once while it is in use. Thread-safe. */
public final class Specs {
    /** More interventions than are worked on at a time. */
    private static final int KEPT = 1000;

    private static final Map<String, InterventionSpec> READ =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, InterventionSpec> eldest) {
                    return size() > KEPT;
                }
            };

    private Specs() {}

    /**
     * @throws RefusedInput with line and column, if what a selection carries is no spec
     */
    public static InterventionSpec of(Selection selection) {
        var text = selection.getSpec();
        synchronized (READ) {
            var known = READ.get(text);
            if (known != null) {
                return known;
            }
        }
        var spec = new SpecReader().read(text);
        synchronized (READ) {
            READ.put(text, spec);
        }
        return spec;
    }
}

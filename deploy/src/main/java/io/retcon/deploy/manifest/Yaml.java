package io.retcon.deploy.manifest;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

import java.util.List;
import java.util.Map;

/** Maps and lists as block-style YAML, keys in their order; several documents in one text. */
final class Yaml {
    private static final int WIDTH = 120;

    private Yaml() {}

    static String text(List<Map<String, Object>> documents) {
        var settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDereferenceAliases(true)
                        .setExplicitStart(documents.size() > 1)
                        .setIndicatorIndent(2)
                        .setIndentWithIndicator(true)
                        .setWidth(WIDTH)
                        .build();
        return new Dump(settings).dumpAllToString(documents.iterator());
    }
}

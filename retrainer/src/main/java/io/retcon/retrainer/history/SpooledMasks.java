package io.retcon.retrainer.history;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tokens of a spooled window that the loss ignores, by step: few, so they are in memory. */
record SpooledMasks(Map<Long, List<StepTokens.Masked>> bySteps) {
    static Path fileOf(Path spool) {
        return spool.resolveSibling(spool.getFileName() + ".masked");
    }

    static void write(Path file, Map<Long, List<StepTokens.Masked>> bySteps) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            for (var step : new TreeMap<>(bySteps).entrySet()) {
                for (var masked : step.getValue()) {
                    out.writeLong(step.getKey());
                    out.writeInt(masked.sequence());
                    out.writeInt(masked.start());
                    out.writeInt(masked.length());
                }
            }
        }
    }

    static SpooledMasks read(Path file) throws IOException {
        var bySteps = new TreeMap<Long, List<StepTokens.Masked>>();
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            int bytes = Long.BYTES + 3 * Integer.BYTES;
            for (long record = Files.size(file) / bytes; record > 0; record--) {
                bySteps.computeIfAbsent(in.readLong(), step -> new ArrayList<>())
                        .add(new StepTokens.Masked(in.readInt(), in.readInt(), in.readInt()));
            }
        }
        return new SpooledMasks(bySteps);
    }

    List<StepTokens.Masked> of(long step) {
        return bySteps.getOrDefault(step, List.of());
    }
}

package io.retcon.deploy.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The GPUs that NVIDIA's driver shows.
 *
 * @param reason why there are none; empty where there are some
 */
record Gpus(List<Gpu> all, String reason) {
    /** CUDA 13 needs a driver of this branch or a newer one. */
    private static final int OLDEST_DRIVER = 580;

    private static final List<String> ASKED =
            List.of(
                    "nvidia-smi",
                    "--query-gpu=name,driver_version,memory.total,compute_cap",
                    "--format=csv,noheader,nounits");

    /**
     * One of them.
     *
     * @param memory in MiB
     * @param capability of its cores, such as 9.0
     */
    record Gpu(String name, String driver, long memory, String capability) {
        static Gpu of(String line) {
            var fields = line.split(",", -1);
            return new Gpu(
                    fields[0].strip(),
                    fields[1].strip(),
                    Long.parseLong(fields[2].strip()),
                    fields[3].strip());
        }

        boolean isDriverTooOld() {
            return Integer.parseInt(driver.split("\\.", -1)[0]) < OLDEST_DRIVER;
        }
    }

    static Gpus find() {
        return find(ASKED);
    }

    static Gpus find(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var out = process.getInputStream()) {
                var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? of(said) : none(said);
            }
        } catch (IOException absent) {
            return new Gpus(
                    List.of(), "there is no nvidia-smi here: no driver of NVIDIA is installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the driver was asked", e);
        }
    }

    private static Gpus of(String said) {
        var gpus = said.lines().filter(line -> line.contains(",")).map(Gpu::of).toList();
        return new Gpus(gpus, gpus.isEmpty() ? "nvidia-smi shows no GPU" : "");
    }

    private static Gpus none(String said) {
        return new Gpus(
                List.of(), "nvidia-smi: " + said.lines().findFirst().orElse("failed").strip());
    }

    /** The sentence about a driver that CUDA 13 does not run on. */
    Optional<String> tooOld() {
        return all.stream()
                .filter(Gpu::isDriverTooOld)
                .findFirst()
                .map(
                        gpu ->
                                "driver %s is too old for CUDA 13: install %d or newer"
                                        .formatted(gpu.driver(), OLDEST_DRIVER));
    }
}

package io.retcon.deploy.bench.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Whether intervals cover, tests keep their level, and planted effects are found. */
@Command(
        name = "calibration",
        description =
                "Simulates interventions whose true effect is known, and says how often the test"
                        + " rejects the truth at 5 %% and 0.1 %%, how often the 95 %% interval"
                        + " covers it, and how often an effect of the stated minimum detectable"
                        + " size is found.")
public final class CalibrationBenchCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(
            names = "--worlds",
            defaultValue = "2000",
            description = "Simulated interventions of each kind (default: ${DEFAULT-VALUE}).")
    private int worlds;

    @Option(
            names = "--cells",
            defaultValue = "**",
            description =
                    "Which, as a glob of their names: calibration/alike/**, or **/i21/r3 (default:"
                            + " all).")
    private String glob;

    @Option(
            names = "--plots",
            paramLabel = "FOLDER",
            description = "Also draws what was found, as SVG files.")
    private Optional<Path> plots;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "What --output json has printed, instead of simulating it again.")
    private Optional<Path> before;

    @Option(names = "--seed", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        if (worlds < 1) {
            throw new RefusedInput("--worlds must be 1 or more");
        }
        var results = before.isPresent() ? read(before.get()) : simulate();
        if (output.format() == OutputOption.Format.TABLE) {
            print(results);
        }
        if (plots.isPresent()) {
            new CalibrationPlots(results).write(plots.get());
        }
        return 0;
    }

    private List<Cell.Result> simulate() {
        var cells = Cells.all().stream().filter(cell -> isAsked(cell.name())).toList();
        var results = new ArrayList<Cell.Result>();
        try (var line = ProgressLine.onStandardError()) {
            for (var cell : cells) {
                line.update("simulating " + cell.name(), results.size(), cells.size());
                var result = cell.simulate(worlds, seed);
                results.add(result);
                if (output.format() == OutputOption.Format.JSON) {
                    print(List.of(result));
                }
            }
        }
        return results;
    }

    private List<Cell.Result> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput("%s: no such file".formatted(file));
        }
        var results = new ArrayList<Cell.Result>();
        for (var line : Files.readAllLines(file)) {
            try {
                results.add(MAPPER.readValue(line, Cell.Result.class));
            } catch (JsonProcessingException e) {
                throw new RefusedInput(
                        "%s, line %d: not a cell as --output json prints it"
                                .formatted(file, results.size() + 1));
            }
        }
        return results.stream().filter(result -> isAsked(result.name())).toList();
    }

    private boolean isAsked(String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    }

    private void print(List<Cell.Result> results) {
        output.rows(
                results,
                List.of(
                        new Column<>("name", Cell.Result::name),
                        new Column<>("contrast", Cell.Result::contrast),
                        new Column<>("truth", Cell.Result::truth),
                        new Column<>("rejects", Cell.Result::rejects),
                        new Column<>("at 0.001", Cell.Result::rejects001),
                        new Column<>("covers", Cell.Result::coverage),
                        new Column<>("planted", Cell.Result::planted),
                        new Column<>("power", Cell.Result::power)));
    }
}

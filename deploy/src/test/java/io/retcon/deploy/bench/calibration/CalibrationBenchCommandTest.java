package io.retcon.deploy.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import javax.xml.parsers.DocumentBuilderFactory;

class CalibrationBenchCommandTest {
    @TempDir private Path folder;

    @Test
    void whatWasPrintedIsDrawnWithoutSimulatingItAgain() throws Exception {
        // Given
        var cells = folder.resolve("cells.jsonl");
        var printed =
                run("--worlds", "3", "--cells", "**/{alike,ceiling-2.5}/**", "--output", "json");
        Files.writeString(cells, printed);
        // When
        var again = run("--results", cells.toString(), "--plots", folder.toString());
        // Then
        assertThat(again.lines()).hasSize(1 + (int) printed.lines().count());
        var drawing = xml(folder.resolve("rejects-by-replicates-shares.svg"));
        assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(drawing.getDocumentElement().getTextContent())
                .contains("arms alike", "both arms at the ceiling", "replicates");
        assertThat(folder.resolve("power.svg")).doesNotExist();
    }

    @Test
    void aLineThatIsNoCellIsRefusedWithItsPlace() throws Exception {
        // Given
        var cells = Files.writeString(folder.resolve("cells.jsonl"), "hm\n");
        // Then
        assertThatThrownBy(() -> run("--results", cells.toString()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("cells.jsonl, line 1");
        assertThatThrownBy(() -> run("--results", folder.resolve("none").toString()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("no such file");
    }

    private static String run(String... arguments) throws Exception {
        var text = new StringWriter();
        var failure = new AtomicReference<Exception>();
        int exit =
                new CommandLine(new CalibrationBenchCommand())
                        .setOut(new PrintWriter(text))
                        .setExecutionExceptionHandler(
                                (e, _, _) -> {
                                    failure.set(e);
                                    return 1;
                                })
                        .execute(arguments);
        if (failure.get() != null) {
            throw failure.get();
        }
        assertThat(exit).isZero();
        return text.toString();
    }

    private static Document xml(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}

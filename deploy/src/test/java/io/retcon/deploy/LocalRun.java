package io.retcon.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What a verb over local files printed, run in this process. */
public record LocalRun(int status, String out, String err) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Runs a verb; what is refused ends with status 3 and its sentence in {@code err}. */
    public static LocalRun of(Object verb, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status =
                new CommandLine(verb)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(
                                (failure, command, parsed) -> {
                                    command.getErr().println(failure.getMessage());
                                    return failure instanceof RefusedInput ? 3 : 1;
                                })
                        .execute(arguments);
        return new LocalRun(status, out.toString(), err.toString());
    }

    /** The objects that were printed, a line each. */
    public List<JsonNode> lines() {
        return out.lines()
                .map(
                        line -> {
                            try {
                                return MAPPER.readTree(line);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .toList();
    }
}

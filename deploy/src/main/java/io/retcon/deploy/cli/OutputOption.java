package io.retcon.deploy.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** How a verb prints its results on standard output: for people or for programs. */
public final class OutputOption {
    /** Printed in lower case, as users type it. */
    public enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "Results as a table, or as JSON, a line an object (default: table).")
    private Format format;

    public Format format() {
        return format;
    }

    /** Prints a table with a line a row, or a JSON object a row. */
    public <R> void rows(List<R> rows, List<Column<R>> columns) {
        switch (format) {
            case TABLE -> print(TextTable.of(rows, columns));
            case JSON -> rows.forEach(row -> print(Json.line(row)));
        }
    }

    /** Prints one result: its text, or its JSON object on one line. */
    public <R> void result(R result, Function<R, String> text) {
        print(format == Format.TABLE ? text.apply(result) : Json.line(result));
    }

    private void print(String text) {
        PrintWriter out = command.commandLine().getOut();
        out.print(text);
        if (!text.endsWith("\n")) {
            out.println();
        }
        out.flush();
    }
}

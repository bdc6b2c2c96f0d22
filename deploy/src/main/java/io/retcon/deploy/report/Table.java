package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import java.util.List;

/** HTML tables whose first column names the row; they scroll where they are too wide. */
public final class Table {
    private Table() {}

    /**
     * A table.
     *
     * @param head the columns' names
     * @param rows a cell a column: an {@link Element}, or anything else as text
     */
    public static Element of(List<String> head, List<List<Object>> rows) {
        var names = head.stream().map(name -> tag("th", name).with("scope", "col")).toList();
        var table =
                tag("table")
                        .add(tag("thead").add(tag("tr").addAll(names)))
                        .add(tag("tbody").addAll(rows.stream().map(Table::row).toList()));
        return tag("div").with("class", "scroll").with("tabindex", 0).add(table);
    }

    /** A table that shows when its summary is opened. */
    public static Element folded(String summary, List<String> head, List<List<Object>> rows) {
        return tag("details").add(tag("summary", summary)).add(of(head, rows));
    }

    private static Element row(List<Object> cells) {
        var row = tag("tr").add(cell(tag("th").with("scope", "row"), cells.getFirst()));
        cells.subList(1, cells.size()).forEach(content -> row.add(cell(tag("td"), content)));
        return row;
    }

    private static Element cell(Element cell, Object content) {
        return content instanceof Element element ? cell.add(element) : cell.text(content);
    }
}

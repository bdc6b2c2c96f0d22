package io.retcon.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class TextTableTest {
    private record Row(String name, long count, double share, Optional<String> remark) {}

    private static final List<Column<Row>> COLUMNS =
            List.of(
                    new Column<>("name", Row::name),
                    new Column<>("count", Row::count),
                    new Column<>("share", Row::share),
                    new Column<>("remark", Row::remark));

    @Test
    void alignsNumbersRightAndTheRestLeft() {
        // Given
        var rows =
                List.of(
                        new Row("a", 7, 0.123456, Optional.of("x y")),
                        new Row("longer", 12_345, 0, Optional.empty()));

        // When
        String table = TextTable.of(rows, COLUMNS);

        // Then
        assertThat(table)
                .isEqualTo(
                        """
                        NAME    COUNT   SHARE  REMARK
                        a           7  0.1235  x y
                        longer  12345       0  -
                        """);
    }

    @Test
    void keepsFourDigitsOfSmallAndLargeNumbers() {
        // When
        String table =
                TextTable.of(
                        List.of(0.00001234567, 12.34567, 123456.7, 1.0e12, Double.NaN),
                        List.of(new Column<Double>("x", x -> x)));

        // Then
        assertThat(table.lines().map(String::strip))
                .containsExactly("X", "1.235e-05", "12.35", "123457", "1.000e+12", "NaN");
    }

    @Test
    void showsHeadingsWhenThereAreNoRows() {
        assertThat(TextTable.of(List.of(), COLUMNS)).isEqualTo("NAME  COUNT  SHARE  REMARK\n");
    }
}

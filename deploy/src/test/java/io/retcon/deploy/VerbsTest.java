package io.retcon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class VerbsTest {
    private static final Path PAGES = Path.of("..", "docs", "verbs");

    @Test
    void whatTheListOfVerbsShowsOfEachIsAWholeSentence() {
        // Given
        var verbs = verbs().flatMap(VerbsTest::withSubVerbs).toList();

        // When
        var cut = verbs.stream().filter(verb -> !listed(verb).endsWith(".")).toList();

        // Then
        assertThat(cut).extracting(CommandSpec::qualifiedName).isEmpty();
    }

    @Test
    void everyVerbHasAPageThatSaysHowToUseIt() throws IOException {
        // Given
        var table = Files.readString(PAGES.resolve("README.md"));

        // When
        var verbs = verbs().toList();

        // Then
        for (var verb : verbs) {
            assertThat(table).contains("(%s.md)".formatted(verb.name()));
            var page = Files.readString(PAGES.resolve(verb.name() + ".md"));
            assertThat(withSubVerbs(verb).map(VerbsTest::called))
                    .allSatisfy(call -> assertThat(page).contains(call));
        }
    }

    /** What help lists of a verb: the first line of its description. */
    private static String listed(CommandSpec verb) {
        return verb.usageMessage().description()[0];
    }

    private static String called(CommandSpec verb) {
        return "./" + verb.qualifiedName();
    }

    private static Stream<CommandSpec> verbs() {
        var retcon = new CommandLine(CommandSpec.create().name("retcon"));
        Retcon.verbs().forEach(verb -> retcon.addSubcommand(verb.maker().get()));
        return specs(retcon.getCommandSpec());
    }

    private static Stream<CommandSpec> withSubVerbs(CommandSpec verb) {
        return Stream.concat(Stream.of(verb), specs(verb).flatMap(VerbsTest::withSubVerbs));
    }

    private static Stream<CommandSpec> specs(CommandSpec verb) {
        return List.copyOf(verb.subcommands().values()).stream().map(CommandLine::getCommandSpec);
    }
}

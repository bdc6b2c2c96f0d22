package io.retcon.deploy.modules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

/** Modules meet only in topics: what each may know of the others. */
class ModuleRuleTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.retcon\\.(\\w+)\\.", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({"schemas,", "streams,schemas", "indexer,schemas", "retrainer,schemas"})
    void dependsOnNothingElseOfOurs(String module, String allowed) throws Exception {
        // When
        Set<String> dependencies = dependencies(ROOT.resolve(module).resolve("pom.xml"));

        // Then
        assertThat(dependencies).isSubsetOf(allowed == null ? Set.of() : Set.of(allowed));
    }

    @ParameterizedTest
    @CsvSource({"schemas,schemas", "streams,schemas", "indexer,schemas", "retrainer,schemas"})
    void importsNothingElseOfOurs(String module, String allowed) throws IOException {
        // When
        Set<String> imported = imports(ROOT.resolve(module).resolve("src/main"));

        // Then
        assertThat(imported).isSubsetOf(module, allowed);
    }

    private static Set<String> dependencies(Path pom) throws Exception {
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        NodeList all = document.getElementsByTagName("dependency");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(dependency -> "io.retcon".equals(text(dependency, "groupId")))
                .map(dependency -> text(dependency, "artifactId"))
                .collect(Collectors.toSet());
    }

    private static String text(Element dependency, String name) {
        return dependency.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    private static Set<String> imports(Path sources) throws IOException {
        var imported = new TreeSet<String>();
        try (var files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> imported.add(found.group(1)));
            }
        }
        return imported;
    }
}

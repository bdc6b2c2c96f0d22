package io.retcon.schemas.testing;

import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Gives each try of a {@link SeededTest} its seed. */
final class SeededTries implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(SeededTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        var only = System.getProperty("seed");
        int tries = context.getRequiredTestMethod().getAnnotation(SeededTest.class).tries();
        var seeds = only == null ? LongStream.range(0, tries) : LongStream.of(Long.parseLong(only));
        return seeds.mapToObj(Try::new);
    }

    private record Try(long seed) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocation) {
            return "seed=" + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new SeededRandom(seed));
        }
    }

    private record SeededRandom(long seed) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Random.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new Random(seed);
        }
    }
}

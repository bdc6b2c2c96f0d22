package io.retcon.schemas.testing;

import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A property: the method runs {@code tries} times with a {@link java.util.Random} parameter, each
 * time from another seed, which the try's name shows. {@code -Dseed=N} runs it once with that seed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededTries.class)
public @interface SeededTest {
    int tries() default 100;
}

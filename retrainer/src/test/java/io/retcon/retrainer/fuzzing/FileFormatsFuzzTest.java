package io.retcon.retrainer.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Files that come from outside, guided by coverage. As a test it reads the kept corpus; {@code
 * JAZZER_FUZZ=1} with {@code -Dtest=FileFormatsFuzzTest#npy} looks for more.
 */
class FileFormatsFuzzTest {
    private static final String DURATION = "30s";

    @FuzzTest(maxDuration = DURATION)
    void safetensors(byte[] bytes) {
        FileTarget.SAFETENSORS.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void index(byte[] bytes) {
        FileTarget.INDEX.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void config(byte[] bytes) {
        FileTarget.CONFIG.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void recipe(byte[] bytes) {
        FileTarget.RECIPE.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void olmo(byte[] bytes) {
        FileTarget.OLMO.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void npy(byte[] bytes) {
        FileTarget.NPY.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void items(byte[] bytes) {
        FileTarget.ITEMS.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void corpus(byte[] bytes) {
        FileTarget.CORPUS.check(bytes);
    }

    @FuzzTest(maxDuration = DURATION)
    void tokens(byte[] bytes) {
        FileTarget.TOKENS.check(bytes);
    }
}

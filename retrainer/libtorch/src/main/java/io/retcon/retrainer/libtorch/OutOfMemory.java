package io.retcon.retrainer.libtorch;

/** How LibTorch says that a GPU's memory is used up: in the text of an exception. */
final class OutOfMemory {
    private OutOfMemory() {}

    static boolean isSaidBy(RuntimeException e) {
        return e.getMessage() != null && e.getMessage().contains("out of memory");
    }
}

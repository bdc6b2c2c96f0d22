package io.retcon.retrainer.safetensors;

import java.nio.charset.StandardCharsets;

/** What a file is that should be a safetensors file and is not, by its first bytes. */
final class OtherContent {
    /** Enough for every beginning that is known here. */
    static final int BYTES = 64;

    private static final String AGAIN = "download the file itself";

    private OtherContent() {}

    /** A clause that names it and the mend. */
    static String of(byte[] first, long size) {
        var text = new String(first, StandardCharsets.ISO_8859_1).stripLeading();
        if (size == 0) {
            return "it is empty: download it again";
        }
        if (text.startsWith("version https://git-lfs")) {
            return "it is a Git LFS pointer, not the weights: fetch them with 'git lfs pull'";
        }
        if (text.startsWith("<")) {
            return "it is a web page, as of a failed download: " + AGAIN;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return "it is JSON, as of a failed download: " + AGAIN;
        }
        if (text.startsWith("PK\3\4") || text.startsWith("\u0080\2")) {
            return "it is a PyTorch pickle: save the model with safetensors";
        }
        if (text.startsWith("GGUF")) {
            return "it is a GGUF file: save the model with safetensors";
        }
        if (text.startsWith("\u001f\u008b")) {
            return "it is compressed by gzip: unpack it";
        }
        return "its header would be longer than the file or than any header: download it again";
    }
}

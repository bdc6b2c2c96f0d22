package io.retcon.schemas.file;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names that come by topics as names of folders: never a way to another folder. */
public final class FolderName {
    private FolderName() {}

    /** One folder's name for {@code name}, another one for every other; most stay as they are. */
    public static String of(String name) {
        var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return encoded.matches("\\.{1,2}") ? encoded.replace(".", "%2E") : encoded;
    }
}

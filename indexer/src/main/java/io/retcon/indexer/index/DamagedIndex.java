package io.retcon.indexer.index;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** An index is not what was written, or not what its history says: to be built again. */
final class DamagedIndex extends IOException {
    private static final long serialVersionUID = 1;

    DamagedIndex(String message) {
        super(message);
    }

    private DamagedIndex(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** What Lucene threw, as damage if the index is to blame and not the disk or the rights. */
    static IOException from(IOException thrown) {
        return switch (thrown) {
            case CorruptIndexException _,
                    IndexFormatTooOldException _,
                    IndexFormatTooNewException _,
                    FileNotFoundException _,
                    NoSuchFileException _,
                    EOFException _ ->
                    new DamagedIndex(thrown);
            default -> thrown;
        };
    }
}

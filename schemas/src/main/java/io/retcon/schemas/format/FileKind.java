package io.retcon.schemas.format;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;

/** The format of a file, told by its first bytes and never by its name. */
public enum FileKind {
    EMPTY("is empty", "give a file that holds something"),
    NPY("is a NumPy array", "give it where tokens are read"),
    JSON("is JSON text", "give documents as JSON lines with id and text"),
    JSON_ARRAY("is one JSON array", "write an object a line: jq -c '.[]'"),
    TEXT("is plain text", "write it as JSON lines with id and text"),
    UTF16("is UTF-16 text", "save it as UTF-8: iconv -f UTF-16 -t UTF-8"),
    UTF32("is UTF-32 text", "save it as UTF-8: iconv -f UTF-32 -t UTF-8"),
    GZIP("is compressed with gzip", "unpack it first: gunzip"),
    ZSTD("is compressed with zstd", "unpack it first: zstd -d"),
    BZIP2("is compressed with bzip2", "unpack it first: bunzip2"),
    XZ("is compressed with xz", "unpack it first: unxz"),
    LZ4("is compressed with lz4", "unpack it first: lz4 -d"),
    SEVEN_ZIP("is a 7z archive", "unpack it and give the files in it"),
    ZIP("is a zip archive", "unpack it and give the files in it"),
    NPZ("is a NumPy npz archive", "save its array alone with numpy.save"),
    TAR("is a tar archive", "unpack it and give the files in it"),
    TORCH("is a file of torch.save", "save its tokens with numpy.save, its texts as JSON lines"),
    PICKLE("is a Python pickle", "save its tokens with numpy.save, its texts as JSON lines"),
    PARQUET("is a Parquet file", "write its rows as JSON lines"),
    ARROW("is an Arrow file", "write its rows as JSON lines"),
    ORC("is an ORC file", "write its rows as JSON lines"),
    AVRO("is an Avro file", "write its rows as JSON lines"),
    HDF5("is an HDF5 file", "save its array with numpy.save"),
    SQLITE("is an SQLite database", "write its rows as JSON lines"),
    SAFETENSORS("is a safetensors file of weights", "give a file of tokens or text"),
    GGUF("is a GGUF file of weights", "give a file of tokens or text"),
    MEGATRON_INDEX("is the index of a Megatron data set", "give the .bin file beside it alone"),
    LFS_POINTER("is a Git LFS pointer in a file's place", "fetch the file: git lfs pull"),
    /** Nothing that is known: headerless tokens, or damage. */
    UNKNOWN("is no known kind of file", "check what it is");

    private final String what;
    private final String mend;

    FileKind(String what, String mend) {
        this.what = what;
        this.mend = mend;
    }

    /** As a predicate: 'is a Parquet file'. */
    public String what() {
        return what;
    }

    /** What its owner can do about a file of this kind in a wrong place. */
    public String mend() {
        return mend;
    }

    /**
     * A refusal of {@code file}, which is of this kind.
     *
     * @param wanted what is read instead: 'token ids'
     */
    public RefusedInput refusal(Path file, String wanted) {
        return new RefusedInput("%s %s, and not %s: %s".formatted(file, what, wanted, mend));
    }
}

package io.retcon.schemas.format;

import java.util.List;
import java.util.Optional;

/**
 * A magic number: bytes, in Latin-1, with which every file of a kind begins. From the formats' own
 * specifications and the Python and NumPy libraries' sources.
 */
record Magic(String bytes, FileKind kind) {
    private static final List<Magic> KNOWN =
            List.of(
                    new Magic("\u0093NUMPY", FileKind.NPY),
                    new Magic("\u001f\u008b\b", FileKind.GZIP),
                    new Magic("(\u00b5/\u00fd", FileKind.ZSTD),
                    new Magic("\u00fd7zXZ\0", FileKind.XZ),
                    new Magic("\u0004\"M\u0018", FileKind.LZ4),
                    new Magic("7z\u00bc\u00af'\u001c", FileKind.SEVEN_ZIP),
                    new Magic("PK\u0003\u0004", FileKind.ZIP),
                    new Magic("PK\u0005\u0006", FileKind.ZIP),
                    new Magic("PAR1", FileKind.PARQUET),
                    new Magic("PARE", FileKind.PARQUET),
                    new Magic("ARROW1\0\0", FileKind.ARROW),
                    new Magic("FEA1", FileKind.ARROW),
                    new Magic("ORC\n", FileKind.ORC),
                    new Magic("ORC\u0011", FileKind.ORC),
                    new Magic("Obj\u0001", FileKind.AVRO),
                    new Magic("\u0089HDF\r\n\u001a\n", FileKind.HDF5),
                    new Magic("SQLite format 3\0", FileKind.SQLITE),
                    new Magic("GGUF", FileKind.GGUF),
                    new Magic("MMIDIDX\0\0", FileKind.MEGATRON_INDEX),
                    new Magic("version https://git-lfs.github.com/spec/", FileKind.LFS_POINTER),
                    // torch.save before its zip format: a pickled number that it checks itself.
                    new Magic(
                            "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019",
                            FileKind.TORCH),
                    new Magic("\u0080\u0002}q", FileKind.PICKLE),
                    new Magic("\u0080\u0003}q", FileKind.PICKLE),
                    new Magic("\u0080\u0002]q", FileKind.PICKLE),
                    new Magic("\u0080\u0003]q", FileKind.PICKLE),
                    new Magic("\u0080\u0002cnumpy", FileKind.PICKLE),
                    new Magic("\u0080\u0003cnumpy", FileKind.PICKLE));

    private static final int BZIP2_LEVEL = 3;

    /** The kind whose magic number {@code first} are. */
    static Optional<FileKind> of(FirstBytes first) {
        return KNOWN.stream()
                .filter(magic -> first.has(0, magic.bytes))
                .map(Magic::kind)
                .findFirst()
                .or(() -> bzip2(first))
                .or(() -> skippableFrame(first));
    }

    /** Any level of compression, then the digits of pi. */
    private static Optional<FileKind> bzip2(FirstBytes first) {
        return first.has(0, "BZh") && first.has(BZIP2_LEVEL + 1, "1AY&SY")
                ? Optional.of(FileKind.BZIP2)
                : Optional.empty();
    }

    /** pzstd begins with one. */
    private static Optional<FileKind> skippableFrame(FirstBytes first) {
        return first.has(1, "*M\u0018") && (first.head()[0] & 0xF0) == 0x50
                ? Optional.of(FileKind.ZSTD)
                : Optional.empty();
    }
}

package io.retcon.indexer.bm25;

/** Sound UTF-8, character by character. */
final class Utf8 {
    private Utf8() {}

    /** Bytes of the character that starts with {@code lead}. */
    static int length(byte lead) {
        return lead >= 0 ? 1 : (lead & 0xE0) == 0xC0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 4;
    }

    static int codePoint(byte[] text, int at) {
        byte lead = text[at];
        int length = length(lead);
        int codePoint = length == 1 ? lead : lead & 0x7F >> length;
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | text[at + i] & 0x3F;
        }
        return codePoint;
    }

    /** Writes the character; the place after it. */
    static int put(int codePoint, byte[] text, int at) {
        int length = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--) {
            text[at + i] = (byte) (0x80 | rest & 0x3F);
            rest >>= 6;
        }
        text[at] = (byte) (length == 1 ? rest : 0xF00 >> length & 0xFF | rest);
        return at + length;
    }
}

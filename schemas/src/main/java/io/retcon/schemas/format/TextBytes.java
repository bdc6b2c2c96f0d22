package io.retcon.schemas.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes judged as text: whether people or programs wrote them as characters.
 *
 * @param cut whether more bytes follow, so that the last character may be incomplete
 */
record TextBytes(byte[] bytes, boolean cut) {
    /** Fewer are too few to tell text from token ids. */
    private static final int FEWEST = 16;

    /** Text of an unknown 8-bit encoding is only told by more. */
    private static final int FEWEST_UNDECODED = 256;

    /** Characters of the last bytes that may be cut. */
    private static final int LONGEST_CHARACTER = 4;

    private static final Charset UTF_32 = Charset.forName("UTF-32");

    FileKind kind() {
        if (starts(0xFF, 0xFE, 0, 0) || starts(0, 0, 0xFE, 0xFF)) {
            return reads(UTF_32) ? FileKind.UTF32 : FileKind.UNKNOWN;
        }
        if (starts(0xFF, 0xFE) || starts(0xFE, 0xFF)) {
            return reads(StandardCharsets.UTF_16) ? FileKind.UTF16 : FileKind.UNKNOWN;
        }
        if (starts('{', 0, '"', 0) || starts('{', 0, '\n', 0)) {
            return reads(StandardCharsets.UTF_16LE) ? FileKind.UTF16 : FileKind.UNKNOWN;
        }
        if (starts(0, '{', 0, '"')) {
            return reads(StandardCharsets.UTF_16BE) ? FileKind.UTF16 : FileKind.UNKNOWN;
        }
        var json = json();
        if (json != FileKind.UNKNOWN) {
            return json;
        }
        return isUtf8Text() || isUndecodedText() ? FileKind.TEXT : FileKind.UNKNOWN;
    }

    /** JSON may have a damaged line, which is refused by itself: few control characters will do. */
    private FileKind json() {
        int at = afterBlanks(starts(0xEF, 0xBB, 0xBF) ? 3 : 0);
        if (at == bytes.length || controls() > bytes.length / 100) {
            return FileKind.UNKNOWN;
        }
        int next = afterBlanks(at + 1);
        char follows = next >= bytes.length ? '}' : (char) (bytes[next] & 0xFF);
        if (bytes[at] == '{' && (follows == '"' || follows == '}')) {
            return FileKind.JSON;
        }
        return bytes[at] == '[' && "{[\"]-0123456789".indexOf(follows) >= 0
                ? FileKind.JSON_ARRAY
                : FileKind.UNKNOWN;
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < bytes.length && isBlank(bytes[at])) {
            at++;
        }
        return Math.min(at, bytes.length);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private int controls() {
        int controls = 0;
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && !isBlank(b) && b != '\f') {
                controls++;
            }
        }
        return controls;
    }

    private boolean isUtf8Text() {
        return bytes.length >= FEWEST && controls() == 0 && reads(StandardCharsets.UTF_8);
    }

    /** Latin-1, Shift-JIS, GBK and their like: no control characters, and blanks between words. */
    private boolean isUndecodedText() {
        if (bytes.length < FEWEST_UNDECODED || controls() > 0) {
            return false;
        }
        int ascii = 0;
        for (byte b : bytes) {
            if (b > 0 && b != 0x7F) {
                ascii++;
            }
        }
        return ascii >= bytes.length / 4;
    }

    private boolean starts(int... first) {
        if (bytes.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether they are characters in this encoding, and no more than the usual control ones. */
    private boolean reads(Charset encoding) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        var decoder =
                encoding.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var result = decoder.decode(in, out, !cut);
        boolean whole = !result.isError() || cut && in.remaining() < LONGEST_CHARACTER;
        out.flip();
        return whole
                && out.chars()
                        .noneMatch(
                                c ->
                                        c == 0xFFFE
                                                || c == 0xFFFF
                                                || Character.isISOControl(c)
                                                        && c != '\n'
                                                        && c != '\r'
                                                        && c != '\t'
                                                        && c != '\f');
    }
}

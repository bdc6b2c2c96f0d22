package io.retcon.indexer.index;

/**
 * The CRC32C of texts of one length, end to end, from the CRC32C of each: crc(AB) = crc(A) · x^|B|
 * + crc(B) modulo the polynomial, over GF(2) (Adler's crc32_combine).
 */
final class Crc32cJoin {
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int X = 1 << 30;

    private final int shift;

    /**
     * @param bytes length of each text
     */
    Crc32cJoin(long bytes) {
        int power = ONE;
        int square = X;
        for (long rest = 8 * bytes; rest > 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                power = times(power, square);
            }
            square = times(square, square);
        }
        shift = power;
    }

    /**
     * @param before of all before, 0 for nothing
     * @param next of the next text
     */
    long join(long before, long next) {
        return (times(shift, (int) before) ^ (int) next) & 0xFFFF_FFFFL;
    }

    /** Product of two polynomials, highest power in the lowest bit. */
    private static int times(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            product ^= (a & bit) == 0 ? 0 : shifted;
            shifted = shifted >>> 1 ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}

package io.retcon.retrainer.kernels;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Matrix products on ND4J's OpenBLAS, one thread a call: parallelism lies above, where the work is
 * split into equal shares, so that a product's bits do not depend on what else runs.
 */
public final class Gemm {
    static {
        openblas.blas_set_num_threads(1);
    }

    private Gemm() {}

    /** c = alpha · a · bᵀ with a [m][k], b [n][k], c [m][n]. */
    public static void abT(
            int m, int n, int k, float alpha, Matrix a, Matrix b, Store store, Matrix c) {
        multiply(CblasNoTrans, CblasTrans, m, n, k, alpha, a, b, store, c);
    }

    /** c = alpha · a · b with a [m][k], b [k][n], c [m][n]. */
    public static void ab(
            int m, int n, int k, float alpha, Matrix a, Matrix b, Store store, Matrix c) {
        multiply(CblasNoTrans, CblasNoTrans, m, n, k, alpha, a, b, store, c);
    }

    /** c = alpha · aᵀ · b with a [k][m], b [k][n], c [m][n]. */
    public static void aTb(
            int m, int n, int k, float alpha, Matrix a, Matrix b, Store store, Matrix c) {
        multiply(CblasTrans, CblasNoTrans, m, n, k, alpha, a, b, store, c);
    }

    private static void multiply(
            int transposeA,
            int transposeB,
            int m,
            int n,
            int k,
            float alpha,
            Matrix a,
            Matrix b,
            Store store,
            Matrix c) {
        boolean aTransposed = transposeA == CblasTrans;
        a.requireRoom(aTransposed ? k : m, aTransposed ? m : k);
        boolean bTransposed = transposeB == CblasTrans;
        b.requireRoom(bTransposed ? n : k, bTransposed ? k : n);
        c.requireRoom(m, n);
        openblas.cblas_sgemm(
                CblasRowMajor,
                transposeA,
                transposeB,
                m,
                n,
                k,
                alpha,
                new At(a.address()),
                a.stride(),
                new At(b.address()),
                b.stride(),
                store.beta(),
                new At(c.address()),
                c.stride());
    }

    /** Floats at an address. */
    private static final class At extends FloatPointer {
        At(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}

package io.retcon.indexer.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

import java.io.IOException;

/**
 * Inner products for Lucene's graphs, summed in one order whatever the compiler does: Lucene's own
 * leave the order of the last sum to it, and a graph would differ from one run to the next.
 */
final class FixedOrderScorer implements FlatVectorsScorer {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int LANES = SPECIES.length();

    /** In two SIMD vectors of eight sums each, which are then added pair by pair. */
    static float product(float[] x, float[] y) {
        var left = FloatVector.zero(SPECIES);
        var right = left;
        int d = 0;
        for (; d + 2 * LANES <= x.length; d += 2 * LANES) {
            left =
                    FloatVector.fromArray(SPECIES, x, d)
                            .fma(FloatVector.fromArray(SPECIES, y, d), left);
            right =
                    FloatVector.fromArray(SPECIES, x, d + LANES)
                            .fma(FloatVector.fromArray(SPECIES, y, d + LANES), right);
        }
        var sums = left.add(right);
        float sum =
                ((sums.lane(0) + sums.lane(4)) + (sums.lane(2) + sums.lane(6)))
                        + ((sums.lane(1) + sums.lane(5)) + (sums.lane(3) + sums.lane(7)));
        for (; d < x.length; d++) {
            sum = Math.fma(x[d], y[d], sum);
        }
        return sum;
    }

    /** As Lucene wants scores: positive, and larger where the inner product is. */
    private static float score(float[] x, float[] y) {
        return VectorUtil.scaleMaxInnerProductScore(product(x, y));
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction similarity, KnnVectorValues values, float[] target) {
        var vectors = (FloatVectorValues) values;
        return new RandomVectorScorer.AbstractRandomVectorScorer(vectors) {
            @Override
            public float score(int ordinal) throws IOException {
                return FixedOrderScorer.score(target, vectors.vectorValue(ordinal));
            }
        };
    }

    @Override
    public RandomVectorScorer getRandomVectorScorer(
            VectorSimilarityFunction similarity, KnnVectorValues values, byte[] target) {
        throw new UnsupportedOperationException("vectors are of floats");
    }

    @Override
    public RandomVectorScorerSupplier getRandomVectorScorerSupplier(
            VectorSimilarityFunction similarity, KnnVectorValues values) {
        return new Supplier((FloatVectorValues) values);
    }

    private record Supplier(FloatVectorValues vectors) implements RandomVectorScorerSupplier {
        @Override
        public UpdateableRandomVectorScorer scorer() throws IOException {
            // Two views, as each overwrites the vector that it gave before.
            var targets = vectors.copy();
            var others = vectors.copy();
            return new UpdateableRandomVectorScorer.AbstractUpdateableRandomVectorScorer(vectors) {
                private final float[] target = new float[targets.dimension()];

                @Override
                public void setScoringOrdinal(int ordinal) throws IOException {
                    System.arraycopy(targets.vectorValue(ordinal), 0, target, 0, target.length);
                }

                @Override
                public float score(int ordinal) throws IOException {
                    return FixedOrderScorer.score(target, others.vectorValue(ordinal));
                }
            };
        }

        @Override
        public RandomVectorScorerSupplier copy() throws IOException {
            return new Supplier(vectors.copy());
        }
    }
}

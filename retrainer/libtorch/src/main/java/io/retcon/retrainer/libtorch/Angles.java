package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.ModelConfig;

import org.bytedeco.pytorch.Tensor;

import java.util.Optional;

/**
 * Cosines and sines of the angles that positions turn heads by (Su et al., 2021): position ·
 * base^(−2i / columns). The table grows with the positions that are met.
 */
final class Angles implements AutoCloseable {
    private static final int FEWEST = 256;

    private final ModelConfig.Rotary rotary;
    private final Placement placement;
    private Table table;

    /** [positions][half of the columns]. */
    private record Table(int positions, Tensor cosines, Tensor sines) {
        void close() {
            cosines.close();
            sines.close();
        }
    }

    Angles(ModelConfig.Rotary rotary, Placement placement) {
        this.rotary = rotary;
        this.placement = placement;
        this.table = table(FEWEST);
    }

    /** Of texts that begin at position 0. */
    Sight ofTexts(int length, Optional<Tensor> visible) {
        var table = upTo(length);
        return new Sight(
                table.cosines().narrow(0, 0, length).view(1, 1, length, half()),
                table.sines().narrow(0, 0, length).view(1, 1, length, half()),
                visible);
    }

    /**
     * Of rows at any positions.
     *
     * @param positions [texts · rows]
     */
    Sight of(long[] positions, int texts, int rows, Tensor visible) {
        int last = 0;
        for (long position : positions) {
            last = Math.max(last, (int) position);
        }
        var table = upTo(last + 1);
        var index = placement.placed(positions, positions.length);
        return new Sight(
                table.cosines().index_select(0, index).view(texts, 1, rows, half()),
                table.sines().index_select(0, index).view(texts, 1, rows, half()),
                Optional.of(visible));
    }

    private int half() {
        return rotary.columns() / 2;
    }

    private synchronized Table upTo(int positions) {
        if (positions > table.positions()) {
            table.close();
            table = table(Integer.highestOneBit(positions - 1) * 2);
        }
        return table;
    }

    private Table table(int positions) {
        var cosines = new float[positions * half()];
        var sines = new float[positions * half()];
        for (int i = 0; i < half(); i++) {
            float frequency = (float) StrictMath.pow(rotary.base(), -2.0 * i / rotary.columns());
            for (int position = 0; position < positions; position++) {
                double angle = (double) (position * frequency);
                cosines[position * half() + i] = (float) StrictMath.cos(angle);
                sines[position * half() + i] = (float) StrictMath.sin(angle);
            }
        }
        return new Table(
                positions,
                placement.placed(cosines, positions, half()),
                placement.placed(sines, positions, half()));
    }

    @Override
    public synchronized void close() {
        table.close();
    }
}

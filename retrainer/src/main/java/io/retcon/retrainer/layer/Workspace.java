package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Matrix;

import java.util.HashMap;
import java.util.Map;

/** The buffers of one network's passes, allocated once for a largest number of rows. */
public final class Workspace {
    private final FloatArena arena;
    private final int rows;
    private final Lifetime activations;
    private final Map<String, Matrix> shared = new HashMap<>();

    private enum Lifetime {
        UNTIL_BACKWARD,
        UNTIL_NEXT_LAYER
    }

    private Workspace(FloatArena arena, int rows, Lifetime activations) {
        this.arena = arena;
        this.rows = rows;
        this.activations = activations;
    }

    /** Every layer keeps its activations for the backward pass. */
    public static Workspace training(FloatArena arena, int rows) {
        return new Workspace(arena, rows, Lifetime.UNTIL_BACKWARD);
    }

    /** Forward passes only: layers share their buffers. */
    public static Workspace scoring(FloatArena arena, int rows) {
        return new Workspace(arena, rows, Lifetime.UNTIL_NEXT_LAYER);
    }

    public FloatArena arena() {
        return arena;
    }

    public int rows() {
        return rows;
    }

    /** A buffer whose contents the backward pass needs. */
    public Matrix activations(String use, int columns) {
        return activations == Lifetime.UNTIL_BACKWARD
                ? arena.matrix(rows, columns)
                : scratch(use, columns);
    }

    /** A buffer that every layer with the same use shares. */
    public Matrix scratch(String use, int columns) {
        return shared.computeIfAbsent(use + ' ' + columns, key -> arena.matrix(rows, columns));
    }
}

package io.retcon.retrainer.training;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ParameterLayout;
import io.retcon.retrainer.safetensors.NamedTensor;
import io.retcon.retrainer.safetensors.SafetensorsFile;
import io.retcon.retrainer.safetensors.SafetensorsWriter;

import java.nio.file.Path;
import java.util.ArrayList;

/** AdamW's two moments of every weight, zero at first, in the order of the model's layout. */
public final class Moments implements AutoCloseable {
    private static final String MEANS = ".exp_avg";
    private static final String SQUARES = ".exp_avg_sq";

    private final FloatArena arena = new FloatArena();
    private final ParameterLayout layout;
    private final Floats means;
    private final Floats squares;

    public Moments(ParameterLayout layout) {
        this.layout = requireNonNull(layout, "layout is null");
        this.means = arena.allocate(layout.length());
        this.squares = arena.allocate(layout.length());
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** Of the gradient. */
    public Floats means() {
        return means;
    }

    /** Of the squared gradient. */
    public Floats squares() {
        return squares;
    }

    void save(Path file) {
        var tensors = new ArrayList<NamedTensor>();
        tensors.addAll(LanguageModel.tensors(layout, means, MEANS));
        tensors.addAll(LanguageModel.tensors(layout, squares, SQUARES));
        SafetensorsWriter.write(file, tensors);
    }

    void load(Path file) {
        try (var stored = SafetensorsFile.open(file)) {
            for (var p : layout.parameters()) {
                stored.read(p.name() + MEANS, p.shape(), means, p.offset());
                stored.read(p.name() + SQUARES, p.shape(), squares, p.offset());
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}

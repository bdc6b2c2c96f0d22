package io.retcon.retrainer.model;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.RotaryKernel;
import io.retcon.retrainer.safetensors.NamedTensor;
import io.retcon.retrainer.safetensors.SafetensorsFile;
import io.retcon.retrainer.safetensors.SafetensorsWriter;
import io.retcon.retrainer.safetensors.Tensors;
import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A model's config and weights. The weights change only through training. */
public final class LanguageModel implements AutoCloseable {
    /** Constants that older checkpoints of Hugging Face carry among the weights. */
    private static final Pattern BUFFERS =
            Pattern.compile(
                    ".*\\.(attention\\.(bias|masked_bias)"
                            + "|rotary_emb\\.(inv_freq|cos_cached|sin_cached))");

    /** A model's own head, by family. */
    private static final Set<String> HEADS = Set.of("lm_head.weight", "embed_out.weight");

    private final ModelConfig config;
    private final ParameterLayout layout;
    private final FloatArena arena = new FloatArena();
    private final FloatArena angles = new FloatArena();
    private final Floats weights;
    private final RotaryKernel rotary;

    private LanguageModel(ModelConfig config) {
        this.config = requireNonNull(config, "config is null");
        this.layout = config.layout();
        this.weights = arena.allocate(layout.length());
        this.rotary = new RotaryKernel(angles, config.rotary().columns(), config.rotary().base());
    }

    /** A fresh model whose weights depend on the config and the seed alone. */
    public static LanguageModel fresh(ModelConfig config, long seed) {
        var model = new LanguageModel(config);
        FreshWeights.fill(model.layout, model.weights, config.sizes().initializerRange(), seed);
        return model;
    }

    /** Reads the weights from a Hugging Face model.safetensors. */
    public static LanguageModel load(ModelConfig config, Path file) {
        try (var tensors = SafetensorsFile.open(file)) {
            return load(config, tensors);
        }
    }

    /** Reads the weights, all of which must be finite. Does not close {@code tensors}. */
    public static LanguageModel load(ModelConfig config, Tensors tensors) {
        refuseUnknown(config, tensors);
        // Before the weights are allocated: a config may claim more than there is.
        config.layout().parameters().forEach(p -> tensors.require(p.name(), p.shape()));
        var model = new LanguageModel(config);
        try {
            for (var p : model.layout.parameters()) {
                tensors.read(p.name(), p.shape(), model.weights, p.offset());
                refuseNotFinite(p, model.weights, tensors.path());
            }
            model.refuseAnotherHead(tensors);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static void refuseNotFinite(Parameter parameter, Floats weights, Path file) {
        long place = weights.firstNotFinite(parameter.offset(), parameter.length());
        if (place >= 0) {
            throw new RefusedInput(
                    "%s: tensor '%s' holds %s at index %d: its weights are damaged"
                            .formatted(
                                    file,
                                    parameter.name(),
                                    weights.get(place),
                                    place - parameter.offset()));
        }
    }

    private static void refuseUnknown(ModelConfig config, Tensors tensors) {
        var layout = config.layout();
        for (var name : tensors.names()) {
            boolean needless = BUFFERS.matcher(name).matches() || isTiedHead(config, name);
            if (!layout.contains(name) && !needless) {
                throw new RefusedInput(
                        "%s: tensor '%s' is no part of the model that the config describes"
                                .formatted(tensors.path(), name));
            }
        }
    }

    private static boolean isTiedHead(ModelConfig config, String name) {
        return config.head().equals(config.embedding()) && HEADS.contains(name);
    }

    /** A head that is there although it is the embedding must be the embedding. */
    private void refuseAnotherHead(Tensors tensors) {
        var embedding = layout.get(config.embedding());
        for (var name : tensors.names()) {
            if (isTiedHead(config, name)) {
                try (var room = new FloatArena()) {
                    var head = room.allocate(embedding.length());
                    tensors.read(name, embedding.shape(), head, 0);
                    for (long i = 0; i < embedding.length(); i++) {
                        if (head.get(i) != weights.get(embedding.offset() + i)) {
                            throw new RefusedInput(
                                    "%s: tensor '%s' is not the embedding, but the config has tie_word_embeddings: set it to false or take the tensor out"
                                            .formatted(tensors.path(), name));
                        }
                    }
                }
            }
        }
    }

    /** Writes the weights under their Hugging Face names. */
    public void save(Path file) {
        SafetensorsWriter.write(file, tensors(layout, weights, ""));
    }

    /** What {@code floats} hold of each parameter, its name followed by {@code suffix}. */
    public static List<NamedTensor> tensors(ParameterLayout layout, Floats floats, String suffix) {
        return layout.parameters().stream()
                .map(p -> new NamedTensor(p.name() + suffix, p.shape(), floats, p.offset()))
                .toList();
    }

    public ModelConfig config() {
        return config;
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** All weights, as the layout says. */
    public Floats weights() {
        return weights;
    }

    RotaryKernel rotary() {
        return rotary;
    }

    /** Frees the weights. */
    @Override
    public void close() {
        angles.close();
        arena.close();
    }
}

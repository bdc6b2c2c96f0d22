package io.retcon.indexer.dense;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

import io.retcon.schemas.RefusedInput;

import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One ONNX model that gives a text's vector from its token ids. Thread-safe. */
final class EncoderModel implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

    private final Path file;
    private final Pooling pooling;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String output;

    /**
     * @param output the output's name, where the model has several of the kind that is pooled
     * @throws RefusedInput if the file is no ONNX model, or not one of an encoder
     */
    EncoderModel(Path file, Pooling pooling, Optional<String> output) {
        this.file = file;
        this.pooling = pooling;
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput(
                    "%s is not there: export the encoder to ONNX into its folder".formatted(file));
        }
        environment = OnnxRuntime.environment();
        session = open(environment, file);
        try {
            checkInputs(session.getInputInfo().values());
            this.output = chooseOutput(session.getOutputInfo().values(), output);
        } catch (OrtException e) {
            close();
            throw new RefusedInput("%s cannot be read: export it again".formatted(file), e);
        } catch (RefusedInput e) {
            close();
            throw e;
        }
    }

    private static OrtSession open(OrtEnvironment environment, Path file) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Plans memory by shape, and every length of text is a shape.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new RefusedInput(
                    "%s is not an ONNX model that can be read (%s): export the encoder again"
                            .formatted(file, firstLine(e)),
                    e);
        }
    }

    /**
     * The vector of one text.
     *
     * @param ids at least one
     * @throws RefusedInput if the model cannot read them
     */
    float[] vector(long[] ids) {
        var inputs = new HashMap<String, OnnxTensor>();
        try {
            var shape = new long[] {1, ids.length};
            for (var name : session.getInputNames()) {
                inputs.put(
                        name,
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(values(name, ids)), shape));
            }
            try (var result = session.run(inputs, Set.of(output))) {
                var tensor = (OnnxTensor) result.get(0);
                return pooled(tensor, ids.length);
            }
        } catch (OrtException e) {
            throw new RefusedInput(
                    "%s cannot read %d tokens (%s): give the tokenizer and the maximumTokens that the model was trained with"
                            .formatted(file, ids.length, firstLine(e)),
                    e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static long[] values(String input, long[] ids) {
        return switch (input) {
            case MASK -> {
                var ones = new long[ids.length];
                Arrays.fill(ones, 1);
                yield ones;
            }
            case TYPES -> new long[ids.length];
            default -> ids;
        };
    }

    private float[] pooled(OnnxTensor tensor, int tokens) {
        long[] shape = tensor.getInfo().getShape();
        boolean expected =
                shape.length == pooling.outputDimensions()
                        && shape[0] == 1
                        && shape[shape.length - 1] > 0
                        && (shape.length == 2 || shape[1] == tokens);
        if (!expected) {
            throw new RefusedInput(
                    "output '%s' of %s is %s for one text of %d tokens: export it as [batch, %sdimension]"
                            .formatted(
                                    output,
                                    file,
                                    Arrays.toString(shape),
                                    tokens,
                                    pooling.outputDimensions() == 3 ? "tokens, " : ""));
        }
        var values = tensor.getFloatBuffer();
        var all = new float[values.remaining()];
        values.get(all);
        return pooling.vector(all, (int) shape[shape.length - 1]);
    }

    private void checkInputs(Collection<NodeInfo> inputs) {
        boolean expected =
                inputs.stream().anyMatch(input -> input.getName().equals(IDS))
                        && inputs.stream().allMatch(EncoderModel::isExpected);
        if (!expected) {
            throw new RefusedInput(
                    "%s has the inputs %s, but an encoder has int64 input_ids [batch, tokens] and may have attention_mask and token_type_ids of that shape, nothing else: export it with these"
                            .formatted(file, described(inputs)));
        }
    }

    private static boolean isExpected(NodeInfo input) {
        return INPUTS.contains(input.getName())
                && input.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.INT64
                && tensor.getShape().length == 2
                && Math.abs(tensor.getShape()[0]) == 1
                && tensor.getShape()[1] == -1;
    }

    private String chooseOutput(Collection<NodeInfo> outputs, Optional<String> asked) {
        var possible =
                outputs.stream()
                        .filter(node -> asked.isEmpty() || asked.get().equals(node.getName()))
                        .filter(this::isPoolable)
                        .map(NodeInfo::getName)
                        .toList();
        if (possible.size() != 1) {
            throw new RefusedInput(
                    "%s has the outputs %s, of which %s of %d dimensions that hold float, as pooling '%s' needs%s: mend 'pooling' or 'output' in %s"
                            .formatted(
                                    file,
                                    described(outputs),
                                    possible.isEmpty() ? "none is one" : "several are ones",
                                    pooling.outputDimensions(),
                                    pooling.toString().toLowerCase(Locale.ROOT),
                                    asked.map(" and 'output' '%s' names"::formatted).orElse(""),
                                    EncoderSettings.FILE));
        }
        return possible.getFirst();
    }

    private boolean isPoolable(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && tensor.getShape().length == pooling.outputDimensions();
    }

    private static String described(Collection<NodeInfo> nodes) {
        return nodes.stream()
                .map(
                        node ->
                                node.getInfo() instanceof TensorInfo tensor
                                        ? "%s %s %s"
                                                .formatted(
                                                        tensor.type
                                                                .toString()
                                                                .toLowerCase(Locale.ROOT),
                                                        node.getName(),
                                                        Arrays.toString(tensor.getShape()))
                                        : node.getName())
                .collect(Collectors.joining(", "));
    }

    private static String firstLine(OrtException e) {
        return e.getMessage().lines().findFirst().orElse("").strip();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("closing " + file, e);
        }
    }
}

package io.retcon.retrainer.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.retrainer.kernels.Floats;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.PlainFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tensors in the shards that a Hugging Face {@code model.safetensors.index.json} names: {@code
 * {"weight_map": {tensor: file}}}. The shards lie beside the index and together hold exactly the
 * tensors that it lists, each once.
 */
public final class ShardedTensors implements Tensors {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** No folder and nothing hidden: a shard lies beside its index. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Path index;
    private final Map<String, String> shardOfTensor;
    private final Map<String, SafetensorsFile> shards = new TreeMap<>();

    private ShardedTensors(Path index, Map<String, String> shardOfTensor) {
        this.index = index;
        this.shardOfTensor = shardOfTensor;
    }

    /** Opens all shards, or refuses them if they are not what the index says. */
    public static ShardedTensors open(Path index) {
        var tensors = new ShardedTensors(index, weightMap(index));
        try {
            for (var shard : files(index)) {
                tensors.shards.put(shard.getFileName().toString(), SafetensorsFile.open(shard));
            }
            tensors.check();
            return tensors;
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    /**
     * The shards' files, by name.
     *
     * @throws RefusedInput if one is missing, or is no file
     */
    public static List<Path> files(Path index) {
        var files =
                weightMap(index).values().stream()
                        .distinct()
                        .sorted()
                        .map(index::resolveSibling)
                        .toList();
        for (var file : files) {
            if (!new PlainFile(file).isThere()) {
                throw new RefusedInput(
                        "%s: no such file, and %s names it: put it there".formatted(file, index));
            }
        }
        return files;
    }

    private static Map<String, String> weightMap(Path index) {
        JsonNode map;
        try {
            map = MAPPER.readTree(Files.readString(index)).path("weight_map");
        } catch (JsonProcessingException e) {
            throw refusal(index, "the index is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new RefusedInput("%s: not readable".formatted(index), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw refusal(index, "'weight_map' is missing: it names the file of each tensor");
        }
        var shards = new TreeMap<String, String>();
        for (var entry : map.properties()) {
            var file = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !PLAIN_NAME.matcher(file).matches()) {
                throw refusal(
                        index,
                        "tensor '%s' lies in %s, which is no file beside the index"
                                .formatted(entry.getKey(), entry.getValue()));
            }
            shards.put(entry.getKey(), file);
        }
        return shards;
    }

    private void check() {
        var holders = new HashMap<String, String>();
        shards.forEach(
                (file, shard) -> {
                    for (var name : shard.names()) {
                        var other = holders.put(name, file);
                        if (other != null) {
                            throw refusal(
                                    index,
                                    "tensor '%s' lies in two shards, %s and %s"
                                            .formatted(name, other, file));
                        }
                    }
                });
        shardOfTensor.forEach(
                (name, file) -> {
                    if (!file.equals(holders.get(name))) {
                        throw refusal(
                                index,
                                "tensor '%s' should lie in %s but %s"
                                        .formatted(
                                                name,
                                                file,
                                                holders.containsKey(name)
                                                        ? "lies in " + holders.get(name)
                                                        : "lies in no shard"));
                    }
                });
        for (var name : holders.keySet().stream().sorted().toList()) {
            if (!shardOfTensor.containsKey(name)) {
                throw refusal(
                        index,
                        "%s holds tensor '%s', which the index does not list"
                                .formatted(holders.get(name), name));
            }
        }
    }

    private static RefusedInput refusal(Path index, String what) {
        return new RefusedInput("%s: %s".formatted(index, what));
    }

    @Override
    public Path path() {
        return index;
    }

    @Override
    public Set<String> names() {
        return shardOfTensor.keySet();
    }

    @Override
    public void require(String name, List<Integer> shape) {
        shardOf(name).require(name, shape);
    }

    @Override
    public void read(String name, List<Integer> shape, Floats floats, long offset) {
        shardOf(name).read(name, shape, floats, offset);
    }

    private SafetensorsFile shardOf(String name) {
        var file = shardOfTensor.get(name);
        if (file == null) {
            throw refusal(index, "tensor '%s' is missing".formatted(name));
        }
        return shards.get(file);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}

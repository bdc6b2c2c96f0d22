package io.retcon.retrainer.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON header of a safetensors file, every claim of it checked against the file's size. */
final class Header {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String METADATA = "__metadata__";

    private final String file;
    private final long dataBytes;

    private Header(String file, long dataBytes) {
        this.file = file;
        this.dataBytes = dataBytes;
    }

    /** The tensors by name, in the order in which they lie in the file. */
    static Map<String, StoredTensor> parse(byte[] json, String file, long dataBytes) {
        return new Header(file, dataBytes).parse(json);
    }

    private Map<String, StoredTensor> parse(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (StreamConstraintsException e) {
            throw new RefusedInput(
                    "%s: the header is nested or long as none is: the file is damaged, download it again"
                            .formatted(file),
                    e);
        } catch (JsonProcessingException e) {
            throw new RefusedInput(
                    "%s: the header is not JSON (%s): the file is damaged, download or save it again"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        }
        if (!root.isObject()) {
            throw damaged("the header is not a JSON object");
        }
        var tensors = new ArrayList<StoredTensor>();
        for (var entry : root.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                tensors.add(tensor(entry.getKey(), entry.getValue()));
            }
        }
        tensors.sort(Comparator.comparingLong(StoredTensor::begin));
        return inOrder(tensors);
    }

    private StoredTensor tensor(String name, JsonNode entry) {
        var type = type(name, entry.path("dtype").asText());
        var shape = shape(name, entry.path("shape"));
        var offsets = entry.path("data_offsets");
        boolean pair =
                offsets.size() == 2
                        && offsets.get(0).canConvertToLong()
                        && offsets.get(1).canConvertToLong();
        long begin = pair ? offsets.get(0).asLong() : -1;
        long end = pair ? offsets.get(1).asLong() : -1;
        if (begin < 0 || end < begin || end > dataBytes) {
            throw damaged("tensor '%s' claims bytes %s of %d".formatted(name, offsets, dataBytes));
        }
        long bytes = type.bytes();
        for (int size : shape) {
            bytes = Math.multiplyHigh(bytes, size) == 0 ? bytes * size : -1;
            if (bytes < 0 || bytes > dataBytes) {
                throw damaged(
                        "tensor '%s' of shape %s is larger than the file".formatted(name, shape));
            }
        }
        if (bytes != end - begin) {
            throw damaged(
                    "tensor '%s' of shape %s takes %d bytes but has %d"
                            .formatted(name, shape, bytes, end - begin));
        }
        return new StoredTensor(name, type, shape, begin, bytes);
    }

    private ElementType type(String name, String type) {
        return ElementType.of(type)
                .orElseThrow(
                        () ->
                                refusal(
                                        "tensor '%s' is stored as '%s', which is no known type: save it as F32, BF16 or F16"
                                                .formatted(name, type)));
    }

    private List<Integer> shape(String name, JsonNode sizes) {
        var shape = new ArrayList<Integer>();
        for (var size : sizes) {
            if (!size.canConvertToInt() || size.asInt() < 0) {
                throw damaged("tensor '%s' has the impossible shape %s".formatted(name, sizes));
            }
            shape.add(size.asInt());
        }
        if (!sizes.isArray()) {
            throw damaged("tensor '%s' has no shape".formatted(name));
        }
        return shape;
    }

    private Map<String, StoredTensor> inOrder(List<StoredTensor> tensors) {
        var byName = new LinkedHashMap<String, StoredTensor>();
        long end = 0;
        for (var tensor : tensors) {
            if (tensor.begin() < end) {
                throw damaged("tensor '%s' overlaps the one before it".formatted(tensor.name()));
            }
            if (tensor.begin() > end) {
                throw damaged("bytes %d to %d belong to no tensor".formatted(end, tensor.begin()));
            }
            end = tensor.end();
            byName.put(tensor.name(), tensor);
        }
        if (end != dataBytes) {
            throw damaged("bytes %d to %d belong to no tensor".formatted(end, dataBytes));
        }
        return byName;
    }

    private RefusedInput damaged(String what) {
        return refusal(what + ": the file is truncated or damaged, download or save it again");
    }

    private RefusedInput refusal(String what) {
        return new RefusedInput("%s: %s".formatted(file, what));
    }
}

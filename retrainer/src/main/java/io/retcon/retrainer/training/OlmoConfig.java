package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OLMo's training config (YAML) as a recipe: its optimizer, scheduler, clipping, auxiliary loss and
 * document masking, with the defaults that OLMo has for what is not said. What shapes training but
 * is not supported here is refused; what has no bearing on it (paths, precision, evaluators,
 * micro-batches) is passed over.
 */
final class OlmoConfig {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** OLMo's schedulers by the shapes of ours. */
    private static final Map<String, String> SHAPES =
            Map.of(
                    "cosine_with_warmup", "cosine",
                    "linear_with_warmup", "linear",
                    "constant_with_warmup", "constant",
                    "constant", "constant");

    /** The share of the learning rate at which OLMo's warm-up begins where nothing is said. */
    private static final double WARMUP_BEGIN = 0.1;

    private static final Pattern TOKENS = Pattern.compile("([0-9.eE+]+)T");

    private final JsonNode config;
    private final String place;
    private final ObjectNode recipe = MAPPER.createObjectNode();

    private OlmoConfig(JsonNode config, String place) {
        this.config = config;
        this.place = place;
    }

    /** A recipe's JSON; {@code place} names the file in refusals. */
    static String recipe(String yaml, String place) {
        Object tree;
        try {
            tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new RefusedInput(
                    "%s: not YAML: %s".formatted(place, e.getMessage().strip().replace('\n', ' ')),
                    e);
        }
        var config = MAPPER.valueToTree(tree);
        if (!config.path("optimizer").isObject() || !config.path("scheduler").isObject()) {
            throw new RefusedInput(
                    "%s: no config of OLMo's: 'optimizer' or 'scheduler' is missing"
                            .formatted(place));
        }
        return new OlmoConfig(config, place).recipe();
    }

    private String recipe() {
        refuseUnsupported();
        optimizer();
        scheduler();
        if (has("/max_grad_norm")) {
            recipe.put("max_grad_norm", number("/max_grad_norm", 0));
        }
        if (config.at("/softmax_auxiliary_loss").asBoolean()) {
            recipe.put("z_loss_multiplier", number("/auxiliary_loss_multiplier", 1e-4));
        }
        if (config.at("/data/generate_doc_lengths").asBoolean()) {
            recipe.put("intra_document_masking", true);
            if (has("/model/eos_token_id")) {
                recipe.put("eos_token_id", whole("/model/eos_token_id", 0));
            }
        }
        return recipe.toPrettyString() + "\n";
    }

    private void refuseUnsupported() {
        if (!config.at("/optimizer/name").asText("lionw").equals("adamw")) {
            throw refusal(
                    "optimizer '%s' is not supported: only 'adamw' is"
                            .formatted(config.at("/optimizer/name").asText("lionw")));
        }
        for (var key :
                List.of(
                        "/max_grad_norm_ratio",
                        "/scheduler/grad_clip_warmup_steps",
                        "/scheduler/grad_clip_warmup_factor",
                        "/optimizer/no_decay_norm_and_bias")) {
            if (has(key)) {
                throw refusal("'%s' is not supported".formatted(key.substring(1)));
            }
        }
        if (config.at("/optimizer/selective_updates").asBoolean()) {
            throw refusal("'optimizer/selective_updates' is not supported");
        }
        for (var key : List.of("residual", "embedding", "attention")) {
            if (number("/model/%s_dropout".formatted(key), 0) > 0) {
                throw refusal("'model/%s_dropout' is not supported".formatted(key));
            }
        }
    }

    private void optimizer() {
        recipe.put("optimizer", "adamw");
        recipe.put("learning_rate", rate());
        recipe.put("eps", number("/optimizer/eps", 1e-5));
        recipe.put("weight_decay", number("/optimizer/weight_decay", 0.01));
        var betas = recipe.putArray("betas");
        betas.add(number("/optimizer/betas/0", 0.9)).add(number("/optimizer/betas/1", 0.95));
        var spared = recipe.putArray("no_decay");
        if (!config.at("/optimizer/decay_norm_and_bias").asBoolean()) {
            spared.add("*norm.weight").add("*.bias");
        }
        if (!config.at("/optimizer/decay_embeddings").asBoolean()) {
            spared.add("*embed_tokens.weight").add("*embed_in.weight");
        }
    }

    private double rate() {
        return number("/optimizer/learning_rate", 1e-4);
    }

    private void scheduler() {
        var name = config.at("/scheduler/name").asText("cosine_with_warmup");
        var shape = SHAPES.get(name);
        if (shape == null) {
            throw refusal(
                    "scheduler '%s' is none of %s"
                            .formatted(name, SHAPES.keySet().stream().sorted().toList()));
        }
        var units = config.at("/scheduler/units").asText("steps");
        boolean tokens =
                switch (units) {
                    case "steps" -> false;
                    case "tokens" -> true;
                    default ->
                            throw refusal(
                                    "'scheduler/units' is '%s', not steps or tokens"
                                            .formatted(units));
                };
        recipe.put("schedule", shape);
        recipe.put("alpha_f", number("/scheduler/alpha_f", 0.1));
        if (!name.equals("constant")) {
            recipe.put(
                    tokens ? "warmup_tokens" : "warmup_steps", whole("/scheduler/t_warmup", 100));
            recipe.put("warmup_min_lr", number("/scheduler/warmup_min_lr", rate() * WARMUP_BEGIN));
        }
        if (!shape.equals("constant")) {
            long end = has("/scheduler/t_max") ? whole("/scheduler/t_max", 0) : duration(tokens);
            recipe.put(tokens ? "t_max_tokens" : "t_max", end);
        }
        if (tokens) {
            recipe.put("tokens_per_step", tokensPerStep());
        }
    }

    private long tokensPerStep() {
        return whole("/global_train_batch_size", 512) * whole("/model/max_sequence_length", 1024);
    }

    /** The run's length, which is where a schedule ends that names no end of its own. */
    private long duration(boolean inTokens) {
        var text = config.at("/max_duration").asText();
        var tokens = TOKENS.matcher(text);
        if (tokens.matches()) {
            long all = whole("max_duration", tokens.group(1));
            return inTokens ? all : all / tokensPerStep();
        }
        long steps = whole("max_duration", text);
        return inTokens ? steps * tokensPerStep() : steps;
    }

    private boolean has(String pointer) {
        return !config.at(pointer).isMissingNode() && !config.at(pointer).isNull();
    }

    private double number(String pointer, double otherwise) {
        if (!has(pointer)) {
            return otherwise;
        }
        return decimal(pointer.substring(1), config.at(pointer).asText()).doubleValue();
    }

    private long whole(String pointer, long otherwise) {
        return has(pointer) ? whole(pointer.substring(1), config.at(pointer).asText()) : otherwise;
    }

    private long whole(String name, String text) {
        try {
            return decimal(name, text).longValueExact();
        } catch (ArithmeticException e) {
            throw refusal("'%s' is %s: a whole number is expected".formatted(name, text));
        }
    }

    /** YAML's numbers and those of Python that YAML takes for text, such as 1e-8. */
    private BigDecimal decimal(String name, String text) {
        try {
            var number = new BigDecimal(text.replace("_", ""));
            if (number.signum() >= 0 && number.scale() > -18 && number.scale() < 100) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw refusal("'%s' is '%s': a number from 0 on is expected".formatted(name, text));
    }

    private RefusedInput refusal(String what) {
        return new RefusedInput("%s: %s".formatted(place, what));
    }
}

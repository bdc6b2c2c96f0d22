package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.retcon.schemas.RefusedInput;


import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * OLMo's training config (YAML) as a recipe: its optimizer, scheduler, clipping, auxiliary loss and
 * document masking, with the defaults that OLMo has for what is not said, read as OLMo reads it
 * ({@link OmegaYaml}). {@link OlmoKeys} says what is refused and what has no bearing.
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

    /** OLMo's own length of a run, in steps. */
    private static final String DURATION = "10000";

    private static final String FROM_ZERO = "a number from 0 on";

    private final JsonNode config;
    private final String place;
    private final ObjectNode recipe = MAPPER.createObjectNode();

    private OlmoConfig(JsonNode config, String place) {
        this.config = config;
        this.place = place;
    }

    /** A recipe's JSON; {@code place} names the file in refusals. */
    static String recipe(String yaml, String place) {
        var config = OmegaYaml.read(yaml, place);
        if (!config.path("optimizer").isObject() || !config.path("scheduler").isObject()) {
            throw new RefusedInput(
                    "%s: no config of OLMo's: 'optimizer' or 'scheduler' is missing"
                            .formatted(place));
        }
        OlmoKeys.check(config, place);
        return new OlmoConfig(config, place).recipe();
    }

    private String recipe() {
        optimizer();
        scheduler();
        if (has("/max_grad_norm")) {
            double norm = number("/max_grad_norm", 0);
            if (norm == 0) {
                throw refusal("'max_grad_norm' is 0: a number above 0 is expected, or null");
            }
            recipe.put("max_grad_norm", norm);
        }
        if (flag("/softmax_auxiliary_loss")) {
            recipe.put("z_loss_multiplier", number("/auxiliary_loss_multiplier", 1e-4));
        }
        if (flag("/data/generate_doc_lengths")) {
            recipe.put("intra_document_masking", true);
            if (has("/model/eos_token_id")) {
                recipe.put("eos_token_id", whole("/model/eos_token_id", 0));
            }
        }
        return recipe.toPrettyString() + "\n";
    }

    private void optimizer() {
        var name = text("/optimizer/name", "lionw");
        if (!name.equals("adamw")) {
            throw refusal("optimizer '%s' is not supported: only 'adamw' is".formatted(name));
        }
        recipe.put("optimizer", name);
        recipe.put("learning_rate", rate());
        recipe.put("eps", number("/optimizer/eps", 1e-5));
        recipe.put("weight_decay", number("/optimizer/weight_decay", 0.01));
        betas();
        recipe.put("decay_norm_and_bias", flag("/optimizer/decay_norm_and_bias"));
        recipe.put("decay_embeddings", flag("/optimizer/decay_embeddings"));
    }

    private void betas() {
        var given = config.at("/optimizer/betas");
        if (!given.isMissingNode() && (!given.isArray() || given.size() != 2)) {
            throw refusal("'optimizer/betas' is %s: two numbers are expected".formatted(given));
        }
        recipe.putArray("betas")
                .add(number("/optimizer/betas/0", 0.9))
                .add(number("/optimizer/betas/1", 0.95));
    }

    private double rate() {
        return number("/optimizer/learning_rate", 1e-4);
    }

    private void scheduler() {
        var name = text("/scheduler/name", "cosine_with_warmup");
        var shape = SHAPES.get(name);
        if (shape == null) {
            throw refusal(
                    "scheduler '%s' is none of %s"
                            .formatted(name, SHAPES.keySet().stream().sorted().toList()));
        }
        var units = text("/scheduler/units", "steps");
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
                    tokens ? "warmup_tokens" : "warmup_steps", position("/scheduler/t_warmup", 100));
            recipe.put(
                    "warmup_min_lr",
                    has("/scheduler/warmup_min_lr")
                            ? number("/scheduler/warmup_min_lr", 0)
                            : rate() * WARMUP_BEGIN);
        }
        if (!shape.equals("constant")) {
            long end = has("/scheduler/t_max") ? position("/scheduler/t_max", 0) : duration(tokens);
            recipe.put(tokens ? "t_max_tokens" : "t_max", end);
        }
        if (tokens) {
            recipe.put("tokens_per_step", tokensPerStep());
        }
    }

    private long tokensPerStep() {
        return product(
                whole("/global_train_batch_size", 512), whole("/model/max_sequence_length", 1024));
    }

    private long product(long one, long other) {
        if (Math.multiplyHigh(one, other) != 0 || one * other < 0) {
            throw refusal("a run of %d times %d tokens is beyond any run".formatted(one, other));
        }
        return one * other;
    }

    /** The run's length, which is where a schedule ends that names no end of its own. */
    private long duration(boolean inTokens) {
        var said = config.path("max_duration");
        var text = said.isMissingNode() ? DURATION : said.asText().strip();
        if (text.endsWith("ep")) {
            throw refusal(
                    "'max_duration' is '%s', epochs of data that the config does not count: say with 'scheduler/t_max' at which %s the schedule ends"
                            .formatted(text, inTokens ? "token" : "step"));
        }
        boolean counted = text.endsWith("T");
        var length =
                OmegaField.number(
                        TextNode.valueOf(counted ? text.substring(0, text.length() - 1) : text));
        long all =
                exact(
                        "max_duration",
                        said,
                        length.filter(Double::isFinite).map(BigDecimal::valueOf));
        if (counted == inTokens) {
            return all;
        }
        return counted ? Math.ceilDiv(all, Math.max(1, tokensPerStep())) : product(all, tokensPerStep());
    }

    private boolean has(String pointer) {
        return !config.at(pointer).isMissingNode() && !config.at(pointer).isNull();
    }

    /** False where it is not said, as all of OLMo's that are read here. */
    private boolean flag(String pointer) {
        var value = config.at(pointer);
        return !value.isMissingNode()
                && OmegaField.flag(value)
                        .orElseThrow(() -> unexpected(pointer, value, "true or false"));
    }

    private String text(String pointer, String otherwise) {
        var value = config.at(pointer);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw unexpected(pointer, value, "a name");
        }
        return value.isMissingNode() ? otherwise : value.asText();
    }

    private double number(String pointer, double otherwise) {
        var value = config.at(pointer);
        if (value.isMissingNode()) {
            return otherwise;
        }
        return OmegaField.number(value)
                .filter(number -> number >= 0 && Double.isFinite(number))
                .orElseThrow(() -> unexpected(pointer, value, FROM_ZERO));
    }

    private long whole(String pointer, long otherwise) {
        var value = config.at(pointer);
        return value.isMissingNode()
                ? otherwise
                : exact(pointer.substring(1), value, OmegaField.whole(value));
    }

    /** Of the schedule, which OLMo counts in numbers of either kind. */
    private long position(String pointer, long otherwise) {
        var value = config.at(pointer);
        return value.isMissingNode()
                ? otherwise
                : exact(pointer.substring(1), value, OmegaField.either(value));
    }

    private long exact(String name, JsonNode value, Optional<BigDecimal> read) {
        var number =
                read.filter(n -> n.signum() >= 0)
                        .orElseThrow(() -> unexpected("/" + name, value, FROM_ZERO));
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw unexpected("/" + name, value, "a whole number");
        }
    }

    private RefusedInput unexpected(String pointer, JsonNode value, String expected) {
        var mend = value.asText().contains("${") ? "%s is expected, and no reference" : "%s is expected";
        return refusal(
                "'%s' is '%s': %s"
                        .formatted(pointer.substring(1), value.asText(), mend.formatted(expected)));
    }

    private RefusedInput refusal(String what) {
        return new RefusedInput("%s: %s".formatted(place, what));
    }
}

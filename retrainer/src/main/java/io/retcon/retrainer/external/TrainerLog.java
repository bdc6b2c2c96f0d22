package io.retcon.retrainer.external;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What a trainer prints, understood as far as it says how far it is: OLMo's console, or a JSON
 * object a line with {@code step} and {@code loss}, as {@code ./retcon retrain} prints. Not
 * thread-safe.
 */
final class TrainerLog {
    /** The number of updates so far, the last one included. */
    private static final Pattern OLMO_STEP = Pattern.compile("\\[step=(\\d{1,15})/");

    private static final Pattern OLMO_LOSS =
            Pattern.compile("train/CrossEntropyLoss=([0-9.eE+-]{1,30})");

    /** History steps seen before the update. */
    private static final Pattern JSON =
            Pattern.compile(
                    "\\{.*\"step\"\\s*:\\s*(\\d{1,15})\\b.*\"loss\"\\s*:\\s*([0-9.eE+-]{1,30}).*}");

    /** Is told what was understood. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param step history steps seen before the update
         * @param loss of the update, in nats
         */
        void trained(long step, double loss);
    }

    private final Listener listener;
    private long step = -1;
    private String last = "";

    TrainerLog(Listener listener) {
        this.listener = requireNonNull(listener, "listener is null");
    }

    void line(String line) {
        if (!line.isBlank()) {
            last = line.strip();
        }
        var json = JSON.matcher(line);
        if (json.find()) {
            tell(Long.parseLong(json.group(1)), json.group(2));
            return;
        }
        var number = OLMO_STEP.matcher(line);
        if (number.find()) {
            step = Long.parseLong(number.group(1)) - 1;
        }
        var loss = OLMO_LOSS.matcher(line);
        if (loss.find() && step >= 0) {
            tell(step, loss.group(1));
        }
    }

    private void tell(long step, String loss) {
        try {
            listener.trained(step, Double.parseDouble(loss));
        } catch (NumberFormatException noLoss) {
            // Somebody else's text that looked like one.
        }
    }

    /** The last line that says anything; empty before the first. */
    String last() {
        return last;
    }
}

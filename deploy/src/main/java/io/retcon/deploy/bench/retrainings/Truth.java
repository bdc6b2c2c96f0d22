package io.retcon.deploy.bench.retrainings;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

import java.util.ArrayList;
import java.util.List;

/**
 * A contrast's true value as the retrainings say it that took no part in a repetition: the mean of
 * the differences between two arms, paired by replicate, over the selected items.
 *
 * @param error standard error of the mean
 */
record Truth(double mean, double error) {
    /**
     * Of all demos but one.
     *
     * @param differences of each demo's replicates
     * @param but the place of the demo that is left out
     */
    static Truth of(List<List<Double>> differences, int but) {
        var others = new ArrayList<Double>();
        for (int demo = 0; demo < differences.size(); demo++) {
            if (demo != but) {
                others.addAll(differences.get(demo));
            }
        }
        var values = others.stream().mapToDouble(Double::doubleValue).toArray();
        return new Truth(
                Mean.of(values).getAsDouble(),
                StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length));
    }
}

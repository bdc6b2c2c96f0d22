package io.retcon.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RetrainingId;

import org.junit.jupiter.api.Test;

import java.util.List;

class KeysTest {
    @Test
    void aLaterWordOnAStageTakesTheEarliersPlace() {
        // Given
        var early = progress().setDone(1).setMessage("one").build();
        var late = progress().setDone(2).setMessage("another").setLoss(3.0).build();
        // Then
        assertThat(Keys.progress(late)).isEqualTo(Keys.progress(early)).isEqualTo("i|retrain");
    }

    @Test
    void retrainingsOfAnInterventionAreKeptApart() {
        // Given
        var control = progress().setRetraining(new RetrainingId("i", "control", 0)).build();
        var other = progress().setRetraining(new RetrainingId("i", "control", 1)).build();
        // Then
        assertThat(Keys.progress(control)).isEqualTo("i|retrain|control|0");
        assertThat(Keys.progress(other)).isEqualTo("i|retrain|control|1");
    }

    @Test
    void aRecordUnderAnothersKeyIsRefused() {
        // Given
        var item =
                Item.newBuilder()
                        .setBenchmark("b|1")
                        .setId("q")
                        .setQuery("?")
                        .setChoices(List.of("x"))
                        .setGold(0)
                        .build();
        // When, Then
        Keys.check("b%7C1|q", item);
        Keys.check("anything", progress().build());
        Keys.check("b%7C1|q", null);
        assertThatThrownBy(() -> Keys.check("b|1|q", item))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "the record is of 'b%7C1|q' and lies under the key 'b|1|q': publish it"
                                + " under its own");
    }

    private static Progress.Builder progress() {
        return Progress.newBuilder()
                .setIntervention("i")
                .setStage("retrain")
                .setDone(0)
                .setTotal(5)
                .setRate(0)
                .setUnit("steps");
    }
}

package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.StepRange;

import org.junit.jupiter.api.Test;

import java.util.List;

class StatusCommandTest {
    @Test
    void failedRetrainingsAreToldWithTheFirstOnesReason() {
        // Given
        var retrainings =
                List.of(
                        retraining("treated", 1, RetrainingState.FAILED, "the loss is NaN"),
                        retraining("control", 0, RetrainingState.DONE, null),
                        retraining("treated", 0, RetrainingState.FAILED, "the disk is full"));
        // When
        var message = StatusCommand.failed(retrainings);
        // Then
        assertThat(message)
                .contains("2 of 3 retrainings failed, treated-0 for this: the disk is full");
    }

    @Test
    void nothingIsToldWhereNoneFailed() {
        assertThat(
                        StatusCommand.failed(
                                List.of(retraining("control", 0, RetrainingState.RUNNING, null))))
                .isEmpty();
    }

    private static Retraining retraining(
            String arm, int replicate, RetrainingState state, String reason) {
        return Retraining.newBuilder()
                .setId(new RetrainingId("i", arm, replicate))
                .setRun("r")
                .setWindow(new StepRange(0L, 2L))
                .setRetrain(RetrainSpec.newBuilder().setReplicates(2).build())
                .setMetrics(List.of("acc_raw"))
                .setSeed(1L)
                .setBenchmarks(List.of("b"))
                .setDocuments(0L)
                .setTruncated(0L)
                .setState(state)
                .setStepsDone(0L)
                .setReason(reason)
                .build();
    }
}

package io.retcon.retrainer.retraining;

import io.retcon.retrainer.export.TokenFolderReader;
import io.retcon.retrainer.history.StepTokens;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Steps to train on that lie in files of this machine. */
sealed interface LocalHistory extends AutoCloseable {
    /** A folder that {@code export history} wrote, or an npy file [steps][sequences][tokens]. */
    static LocalHistory open(Path path) {
        return Files.isDirectory(path) ? new Folder(new TokenFolderReader(path)) : Npy.open(path);
    }

    long steps();

    long tokensPerStep();

    /** By its place, from 0. */
    StepTokens step(long place);

    @Override
    void close();

    /** With the masks of the loss that it has. */
    record Folder(TokenFolderReader reader) implements LocalHistory {
        @Override
        public long steps() {
            return reader.steps();
        }

        @Override
        public long tokensPerStep() {
            var manifest = reader.manifest();
            return (long) manifest.sequencesPerStep() * manifest.tokensPerSequence();
        }

        @Override
        public StepTokens step(long place) {
            return reader.step(place);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** The loss counts every token. */
    record Npy(TokenFile file) implements LocalHistory {
        static Npy open(Path path) {
            var file = TokenFile.openNpy(path);
            var shape = file.shape();
            if (shape.length != 3
                    || shape[0] < 1
                    || shape[1] < 1
                    || shape[2] < 2
                    || shape[1] * shape[2] > 1 << 30) {
                file.close();
                throw new RefusedInput(
                        "%s has shape %s: [steps][sequences][tokens] is expected, with one step or more, of two tokens or more"
                                .formatted(path, Arrays.toString(shape)));
            }
            return new Npy(file);
        }

        @Override
        public long steps() {
            return file.shape()[0];
        }

        @Override
        public long tokensPerStep() {
            return file.shape()[1] * file.shape()[2];
        }

        @Override
        public StepTokens step(long place) {
            int sequences = Math.toIntExact(file.shape()[1]);
            int tokens = Math.toIntExact(file.shape()[2]);
            var batch = new int[sequences][];
            for (int s = 0; s < sequences; s++) {
                batch[s] = file.tokens((place * sequences + s) * tokens, tokens);
            }
            return new StepTokens(batch, List.of());
        }

        @Override
        public void close() {
            file.close();
        }
    }
}

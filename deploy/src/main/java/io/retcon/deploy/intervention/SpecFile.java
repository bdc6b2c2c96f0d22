package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SeveralMatchers;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.StandingSpec;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A spec in a file of its own.
 *
 * @param cluster where topics lie that it names
 */
public record SpecFile(Path path, Cluster cluster) {
    public SpecFile {
        requireNonNull(path, "path is null");
        requireNonNull(cluster, "cluster is null");
    }

    /**
     * @throws RefusedInput naming the file, and in it line and column
     */
    public InterventionSpec read() {
        return read(SpecReader::read);
    }

    /**
     * The spec as an intervention for each of several matchers, if it is that.
     *
     * @throws RefusedInput naming the file, and in it line and column
     */
    public Optional<SeveralMatchers> readSeveral() {
        return read(SpecReader::readSeveral);
    }

    /**
     * The spec as a template that stands, if it is one.
     *
     * @throws RefusedInput naming the file, and in it line and column
     */
    public Optional<StandingSpec> readStanding() {
        return read(SpecReader::readStanding);
    }

    /** No more of a file is read than shows that it is too long, in any encoding's bytes. */
    private String text() throws IOException {
        try (var in = Files.newInputStream(path)) {
            int most = SpecReader.MOST_CHARACTERS * 3;
            var bytes = in.readNBytes(most + 1);
            return bytes.length > most
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    private <S> S read(BiFunction<SpecReader, String, S> reading) {
        try {
            return reading.apply(
                    new SpecReader(
                            new NamedDocuments(
                                    cluster, path::resolveSibling, UnaryOperator.identity())),
                    text());
        } catch (CharacterCodingException e) {
            throw new RefusedInput("%s is not UTF-8 text".formatted(path), e);
        } catch (IOException e) {
            throw new RefusedInput("spec %s cannot be read: check the path".formatted(path), e);
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(path, e.getMessage()), e);
        }
    }
}

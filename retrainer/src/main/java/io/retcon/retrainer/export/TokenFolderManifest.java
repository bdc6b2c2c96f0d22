package io.retcon.retrainer.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What lies in a folder of token files, as its manifest.json says.
 *
 * @param fromStep the window's first step
 * @param toStep the step after its last one
 * @param tokenType as NumPy calls it
 * @param files in training order
 */
public record TokenFolderManifest(
        String run,
        String intervention,
        String arm,
        long fromStep,
        long toStep,
        int sequencesPerStep,
        int tokensPerSequence,
        String tokenType,
        int vocabulary,
        int eos,
        List<Tokens> files) {
    static final String FILE = "manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One of the files.
     *
     * @param fromStep place of its first step in training order, counted on from the window's first
     *     step
     * @param mask a file of one byte a token, 0 where the loss ignores it (OLMo's label mask); null
     *     where it ignores none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tokens(
            String name,
            long fromStep,
            long toStep,
            long bytes,
            String sha256,
            String mask,
            String maskSha256) {}

    public TokenFolderManifest {
        files = List.copyOf(files);
    }

    /**
     * @throws RefusedInput if the folder has none that can be read
     */
    public static TokenFolderManifest read(Path folder) {
        var file = folder.resolve(FILE);
        try {
            return JSON.readValue(file.toFile(), TokenFolderManifest.class);
        } catch (JsonProcessingException | NullPointerException e) {
            throw new RefusedInput("%s: no manifest of token files".formatted(file), e);
        } catch (IOException e) {
            throw new RefusedInput(
                    "%s is no folder of token files: it has no %s".formatted(folder, FILE), e);
        }
    }

    void write(Path folder) {
        try {
            Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

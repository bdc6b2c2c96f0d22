package io.retcon.streams.validation;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.InsertedDocument;

import java.util.List;

/** The files that a spec names, whose documents become a part of it. */
@FunctionalInterface
public interface SpecFiles {
    /** Where a spec has no files beside it. */
    SpecFiles NONE =
            name -> {
                throw new RefusedInput(
                        "'file' is read when a spec file is published: publish it with ./retcon"
                                + " run, or write the 'documents' out");
            };

    /**
     * @param name as the spec has it
     * @throws RefusedInput if there is no such file, or it holds no documents
     */
    List<InsertedDocument> documents(String name);
}

package io.retcon.streams.validation;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.InsertedDocument;

import java.util.List;

/** What a spec names instead of writing it out: documents that become a part of it. */
public interface SpecDocuments {
    /** Where a spec stands alone. */
    SpecDocuments NONE =
            new SpecDocuments() {
                @Override
                public List<InsertedDocument> ofFile(String name) {
                    throw new RefusedInput(
                            "'file' is read when a spec file is published: publish it with"
                                    + " ./retcon run, or write the 'documents' out");
                }

                @Override
                public List<InsertedDocument> ofTopic(String name) {
                    throw new RefusedInput(
                            "'topic' is read when a spec file is published: publish it with"
                                    + " ./retcon run, or write the 'documents' out");
                }
            };

    /**
     * @param name as the spec has it
     * @throws RefusedInput if there is no such file, or it holds no documents
     */
    List<InsertedDocument> ofFile(String name);

    /**
     * What the topic holds now, by id.
     *
     * @throws RefusedInput if there is no such topic, or it holds no documents
     */
    List<InsertedDocument> ofTopic(String name);
}

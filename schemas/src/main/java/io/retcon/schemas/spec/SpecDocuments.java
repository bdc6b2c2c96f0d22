package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.Map;

/** What a spec names instead of writing it out, and what becomes a part of it. */
public interface SpecDocuments {
    /** Where a spec stands alone. */
    SpecDocuments NONE =
            new SpecDocuments() {
                @Override
                public List<InsertSpec.Text> ofFile(String name) {
                    throw new RefusedInput(
                            "'file' is read when a spec file is published: publish it with"
                                    + " ./retcon run, or write the 'documents' out");
                }

                @Override
                public Map<String, List<String>> matchesOfFile(String name) {
                    throw new RefusedInput(
                            "'file' is read when a spec file is published: publish it with"
                                    + " ./retcon run, or write the 'ids' out");
                }

                @Override
                public List<InsertSpec.Text> ofTopic(String name) {
                    throw new RefusedInput(
                            "'topic' is read when a spec file is published: publish it with"
                                    + " ./retcon run, or write the 'documents' out");
                }
            };

    /**
     * @param name as the spec has it
     * @throws RefusedInput if there is no such file, or it holds no documents
     */
    List<InsertSpec.Text> ofFile(String name);

    /**
     * Items and the documents that matter for them, both by identifier and in order.
     *
     * @param name of a file of lines {@code item TAB document}
     * @throws RefusedInput if there is no such file, or it is none of that kind
     */
    Map<String, List<String>> matchesOfFile(String name);

    /**
     * What the topic holds now, by id.
     *
     * @throws RefusedInput if there is no such topic, or it holds no documents
     */
    List<InsertSpec.Text> ofTopic(String name);
}

package io.retcon.indexer.index;

import io.retcon.schemas.record.DocumentRef;

import java.util.List;
import java.util.function.Consumer;

/** Where the documents of a window lie. */
public interface WindowDocuments {
    int size();

    /** Gives each one, in training order. */
    void forEach(Consumer<DocumentRef> sink);

    static WindowDocuments of(List<DocumentRef> documents) {
        return new WindowDocuments() {
            @Override
            public int size() {
                return documents.size();
            }

            @Override
            public void forEach(Consumer<DocumentRef> sink) {
                documents.forEach(sink);
            }
        };
    }
}

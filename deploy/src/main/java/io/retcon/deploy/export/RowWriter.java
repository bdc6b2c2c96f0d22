package io.retcon.deploy.export;

import java.io.IOException;

/** Takes rows one after the other; the file is whole once closed. Used by one thread. */
interface RowWriter<R extends Record> extends AutoCloseable {
    void write(R row) throws IOException;

    @Override
    void close() throws IOException;
}

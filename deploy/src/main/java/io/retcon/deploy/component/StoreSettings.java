package io.retcon.deploy.component;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

import java.util.Map;

/** Small stores on small disks: RocksDB would set 4 MB aside for the list of each store's files. */
public final class StoreSettings implements RocksDBConfigSetter {
    private static final long LIST_BYTES = 64 << 10;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        options.setManifestPreallocationSize(LIST_BYTES);
    }

    @Override
    public void close(String store, Options options) {}
}

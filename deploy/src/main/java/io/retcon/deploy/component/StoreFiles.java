package io.retcon.deploy.component;

import static java.util.Objects.requireNonNull;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The RocksDB stores of one application's local state. A range that is read from a damaged file
 * ends early without a word, so files are checked before anybody reads them.
 */
record StoreFiles(Path application) {
    private static final String CURRENT = "CURRENT";
    private static final String ROCKSDB = "rocksdb";

    StoreFiles {
        requireNonNull(application, "application is null");
    }

    /** What is wrong with the first store that is damaged; reads every file whole. */
    Optional<String> damage() {
        if (!Files.isDirectory(application)) {
            return Optional.empty();
        }
        RocksDB.loadLibrary();
        return stores().stream().flatMap(store -> damage(store).stream()).findFirst();
    }

    private List<Path> stores() {
        try (var files = Files.walk(application)) {
            return files.filter(StoreFiles::isStore).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of a store, also one that has lost the file that RocksDB reads first. */
    private static boolean isStore(Path folder) {
        var parent = folder.getParent();
        return Files.isDirectory(folder)
                && parent != null
                && parent.getFileName().toString().equals(ROCKSDB);
    }

    private static Optional<String> damage(Path store) {
        if (!Files.exists(store.resolve(CURRENT))) {
            return isEmpty(store)
                    ? Optional.empty()
                    : Optional.of("%s has no file %s".formatted(store, CURRENT));
        }
        try (var options = new Options()) {
            var families = RocksDB.listColumnFamilies(options, store.toString());
            if (families.isEmpty()) {
                return Optional.of("%s names no column family".formatted(store));
            }
            verify(store, families.stream().map(ColumnFamilyDescriptor::new).toList());
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of("%s: %s".formatted(store, e.getMessage()));
        }
    }

    private static void verify(Path store, List<ColumnFamilyDescriptor> families)
            throws RocksDBException {
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new DBOptions();
                var db = RocksDB.openReadOnly(options, store.toString(), families, handles)) {
            db.verifyChecksum();
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package chat.parley.vault.text;

import chat.parley.testing.MutableClock;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.wrapping.KeyEncryptionKeys;
import chat.parley.vault.wrapping.VaultTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A vault, and nodes that use it. */
final class TestVault implements AutoCloseable {
    static final Duration TRUST = Duration.ofSeconds(5);

    final MutableClock clock = new MutableClock();
    final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final KeyEncryptionKeys keys = KeyEncryptionKeys.inMemory();
    private final VaultTransaction vault;
    private final List<Node> nodes = new ArrayList<>();

    TestVault(Database database) {
        this.vault = new VaultTransaction(database.dataSource());
    }

    /** One node, with nothing in memory. */
    record Node(VaultTextKeys keys, VaultTextProtection protection, TextKeyCache cache) {}

    /** Another node, or one after a restart that lost its disk. */
    Node node() {
        return node(newFile());
    }

    /** A node with a file of destroyed keys from before. */
    Node node(Path destroyed) {
        TextKeyTables tables = new TextKeyTables(vault, keys);
        return node(tables, tables, destroyed);
    }

    /** A node whose reads of keys go through this store. */
    Node node(TextKeyStore store) {
        return node(store, new TextKeyTables(vault, keys), newFile());
    }

    TextKeyTables tables() {
        return new TextKeyTables(vault, keys);
    }

    private Node node(TextKeyStore store, TextKeyTables tables, Path destroyed) {
        TextKeyCache cache = new TextKeyCache(1_000, Duration.ofMinutes(5), TRUST, nanoTime::get);
        VaultTextKeys textKeys = VaultTextKeys.open(vault, tables, cache, destroyed, Duration.ofMillis(20));
        Node node = new Node(textKeys, new VaultTextProtection(store, cache, clock), cache);
        nodes.add(node);
        return node;
    }

    static Path newFile() {
        try {
            return Files.createTempDirectory("vault").resolve("vault.destroyed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.keys().stop());
    }
}

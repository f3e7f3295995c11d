package chat.parley.vault;

import chat.parley.api.RandomValues;
import chat.parley.api.port.VaultSecrets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets in the vault. They never change, so each is read once. */
public final class CachedVaultSecrets implements VaultSecrets {
    private static final int BYTES = 32;

    private final VaultTables tables;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    public CachedVaultSecrets(VaultTables tables) {
        this.tables = tables;
    }

    @Override
    public byte[] secret(String name) {
        byte[] secret = known.get(name);
        if (secret == null) {
            // Not computeIfAbsent(), which would hold a lock of the map during the query.
            secret = tables.secret(name, () -> RandomValues.bytes(BYTES));
            known.put(name, secret);
        }
        return secret.clone();
    }
}

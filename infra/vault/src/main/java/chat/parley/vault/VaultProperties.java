package chat.parley.vault;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the vault's keys.
 *
 * @param keyFile             the key encryption keys; {@code vault.keys} in the data directory if it is not set
 * @param destroyedFile       a copy of all destructions of keys, apart from the databases; {@code vault.destroyed} in the
 * data directory if it is not set
 * @param restore             a name for the restore of the event store with which a new epoch begins; the same name again
 * changes nothing
 * @param destroyedInterval   how often this node asks for destructions on other nodes
 * @param trustKeysFor        how long keys in memory are used after the vault last told of destructions
 * @param cachedTextKeys      text keys of each kind kept in memory, and as many names of destroyed keys
 * @param textKeysExpireAfter how long a text key is kept in memory
 */
@ConfigurationProperties("parley.vault")
public record VaultProperties(
        @Nullable Path keyFile,
        @Nullable Path destroyedFile,
        @Nullable String restore,
        @DefaultValue("250ms") Duration destroyedInterval,
        @DefaultValue("5s") Duration trustKeysFor,
        @DefaultValue("100000") int cachedTextKeys,
        @DefaultValue("5m") Duration textKeysExpireAfter) {
    public Path keyFileIn(Path dataDir) {
        return keyFile == null ? dataDir.resolve("vault.keys") : keyFile;
    }

    Path destroyedFileIn(Path dataDir) {
        return destroyedFile == null ? dataDir.resolve("vault.destroyed") : destroyedFile;
    }
}

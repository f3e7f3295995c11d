package chat.parley.vault;

import chat.parley.api.process.StartupFailure;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells a vault that was lost from a new one. The first event of every store names a person, whose key is durable before
 * the event, and an erased person leaves a tombstone. So a vault without both belongs to a store without events. Without
 * this question, all texts would read as erased, and new keys would be written beside the lost ones.
 */
final class KeysOfEvents {
    private KeysOfEvents() {}

    /** @throws StartupFailure if the vault never had a key, but there are events, or may be; nothing was written then */
    static void require(JdbcClient vault, BooleanSupplier hasEvents) {
        boolean hasHadKeys = vault.sql(
                        "SELECT EXISTS (SELECT FROM vault.text_keys) OR EXISTS (SELECT FROM vault.erased_authors)")
                .query(Boolean.class)
                .single();
        if (!hasHadKeys && answer(hasEvents)) {
            throw new StartupFailure(
                    "The event store has events, but the vault has no key of any author",
                    "Bring back the vault that belongs to these events from its backup, or name its database in"
                            + " spring.datasource.url");
        }
    }

    private static boolean answer(BooleanSupplier hasEvents) {
        try {
            return hasEvents.getAsBoolean();
        } catch (RuntimeException failed) {
            throw new StartupFailure(
                    "The vault has no keys yet, and the event store does not say whether it has events",
                    "Start the event store, then this node",
                    failed);
        }
    }
}

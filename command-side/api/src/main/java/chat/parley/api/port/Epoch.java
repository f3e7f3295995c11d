package chat.parley.api.port;

/**
 * Names the life of this event store's index: it changes on a restore or a migration, so that a cursor of before is
 * recognised instead of misread. Kept in the vault.
 */
public record Epoch(String value) {
    @Override
    public String toString() {
        return value;
    }
}

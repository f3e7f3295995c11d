package chat.parley.api.port;

/**
 * Identifies one lifetime of the event store's global index. A restore or a migration changes it, so that an older
 * cursor is recognised and refused. Stored in the vault.
 */
public record Epoch(String value) {
    @Override
    public String toString() {
        return value;
    }
}

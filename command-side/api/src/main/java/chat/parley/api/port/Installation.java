package chat.parley.api.port;

/**
 * Identifies this installation of Parley, which is all nodes that share a vault. It stays the same in every epoch of the
 * event store and after every restore of the vault. Not a secret.
 */
public record Installation(String value) {
    @Override
    public String toString() {
        return value;
    }
}

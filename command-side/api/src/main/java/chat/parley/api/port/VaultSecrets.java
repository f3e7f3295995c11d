package chat.parley.api.port;

/** Random secrets of this installation, generated on first use and stored in the vault. */
public interface VaultSecrets {
    /** The 32 bytes for this name: the same on every node, permanently. */
    byte[] secret(String name);
}

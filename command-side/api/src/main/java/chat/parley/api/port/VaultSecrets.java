package chat.parley.api.port;

/** Secrets of this installation, made at random when first asked for and kept in the vault from then on. */
public interface VaultSecrets {
    /** The same 32 bytes for the same name, on every node and for good. */
    byte[] secret(String name);
}

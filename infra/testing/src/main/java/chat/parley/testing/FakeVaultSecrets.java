package chat.parley.testing;

import chat.parley.api.Sha256;
import chat.parley.api.port.VaultSecrets;

/** Secrets of 32 bytes that everybody can compute from their names. */
public final class FakeVaultSecrets implements VaultSecrets {
    @Override
    public byte[] secret(String name) {
        return Sha256.of(name);
    }
}

package chat.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.VaultSecrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Secrets of 32 bytes that everybody can compute from their names. */
public final class FakeVaultSecrets implements VaultSecrets {
    @Override
    public byte[] secret(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

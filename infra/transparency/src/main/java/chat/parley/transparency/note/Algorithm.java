package chat.parley.transparency.note;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TransparencyException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The signature algorithms, as the JDK has them, with the raw encodings of their keys. */
enum Algorithm {
    /** RFC 8032; the X.509 encoding is RFC 8410's. */
    ED25519("Ed25519", 32, 64, "302a300506032b6570032100", 15),
    /** FIPS 204; the X.509 encoding is RFC 9881's. */
    ML_DSA_44("ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100", 24);

    /** Both algorithms derive a key pair from as many random bytes. */
    static final int SEED_BYTES = 32;

    private final String javaName;
    private final int publicKeyBytes;
    private final int signatureBytes;
    private final String x509Prefix;
    private final int firstJava;

    Algorithm(String javaName, int publicKeyBytes, int signatureBytes, String x509Prefix, int firstJava) {
        this.javaName = javaName;
        this.publicKeyBytes = publicKeyBytes;
        this.signatureBytes = signatureBytes;
        this.x509Prefix = x509Prefix;
        this.firstJava = firstJava;
    }

    int signatureBytes() {
        return signatureBytes;
    }

    int publicKeyBytes() {
        return publicKeyBytes;
    }

    boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != signatureBytes) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(javaName);
            verification.initVerify(decode(publicKey));
            verification.update(message);
            return verification.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw unavailable(e);
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw new TransparencyException(Reason.KEY_INVALID, "A public key is no key of " + javaName + ".", e);
        } catch (SignatureException e) {
            // The JDK's way to say that the bytes are no signature at all.
            return false;
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signing = Signature.getInstance(javaName);
            signing.initSign(key);
            signing.update(message);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with " + javaName + ".", e);
        }
    }

    /** The key pair of a seed, which both algorithms define and the JDK derives from its generator's random bytes. */
    KeyPair keyPair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(javaName);
            generator.initialize(new NamedParameterSpec(javaName), new SeedAsRandom(seed));
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw unavailable(e);
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("Cannot derive a key pair of " + javaName + ".", e);
        }
    }

    byte[] encode(PublicKey key) {
        byte[] x509 = key.getEncoded();
        return Arrays.copyOfRange(x509, x509.length - publicKeyBytes, x509.length);
    }

    private PublicKey decode(byte[] publicKey) throws NoSuchAlgorithmException, InvalidKeySpecException {
        byte[] prefix = HexFormat.of().parseHex(x509Prefix);
        byte[] x509 = Arrays.copyOf(prefix, prefix.length + publicKey.length);
        System.arraycopy(publicKey, 0, x509, prefix.length, publicKey.length);
        return KeyFactory.getInstance(javaName).generatePublic(new X509EncodedKeySpec(x509));
    }

    private TransparencyException unavailable(NoSuchAlgorithmException cause) {
        return new TransparencyException(
                Reason.ALGORITHM_UNAVAILABLE,
                "This Java runtime (" + Runtime.version().feature() + ") lacks " + javaName + ", which needs Java "
                        + firstJava + " or newer.",
                cause);
    }
}

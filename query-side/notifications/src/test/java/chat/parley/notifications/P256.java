package chat.parley.notifications;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Keys of P-256 in the form of Web Push. */
final class P256 {
    private static final int COORDINATE_BYTES = 32;

    private P256() {}

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] uncompressed(KeyPair pair) {
        ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
        byte[] bytes = new byte[1 + 2 * COORDINATE_BYTES];
        bytes[0] = 4;
        System.arraycopy(fixed(point.getAffineX()), 0, bytes, 1, COORDINATE_BYTES);
        System.arraycopy(fixed(point.getAffineY()), 0, bytes, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        return bytes;
    }

    static byte[] scalar(KeyPair pair) {
        return fixed(((ECPrivateKey) pair.getPrivate()).getS());
    }

    static ECPublicKey point(byte[] uncompressed, KeyPair sameCurve) throws GeneralSecurityException {
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(uncompressed, 1, 1 + COORDINATE_BYTES)),
                new BigInteger(1, Arrays.copyOfRange(uncompressed, 1 + COORDINATE_BYTES, uncompressed.length)));
        return (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, ((ECPublicKey) sameCurve.getPublic()).getParams()));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return fixed;
    }
}

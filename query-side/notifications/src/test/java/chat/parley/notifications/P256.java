package chat.parley.notifications;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/** Keys of P-256 in the form of Web Push. */
final class P256 {
    private static final int COORDINATE_BYTES = 32;

    private P256() {}

    static KeyPair pair() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate().toKeyPair();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] uncompressed(KeyPair pair) {
        ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).build();
        return ByteBuffer.allocate(1 + 2 * COORDINATE_BYTES)
                .put((byte) 4)
                .put(key.getX().decode())
                .put(key.getY().decode())
                .array();
    }

    static byte[] scalar(KeyPair pair) {
        return ECKey.encodeCoordinate(8 * COORDINATE_BYTES, ((ECPrivateKey) pair.getPrivate()).getS())
                .decode();
    }

    static ECPublicKey point(byte[] uncompressed) throws JOSEException {
        byte[] x = Arrays.copyOfRange(uncompressed, 1, 1 + COORDINATE_BYTES);
        byte[] y = Arrays.copyOfRange(uncompressed, 1 + COORDINATE_BYTES, uncompressed.length);
        return new ECKey.Builder(Curve.P_256, Base64URL.encode(x), Base64URL.encode(y))
                .build()
                .toECPublicKey();
    }

    static String base64(byte[] bytes) {
        return Base64URL.encode(bytes).toString();
    }
}

package chat.parley.notifications.delivery;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;

/** Parses VAPID keys in the usual form of Web Push tools. */
public final class VapidKeys {
    private static final String CURVE = "secp256r1";

    private VapidKeys() {}

    /** @throws IllegalArgumentException with a message that does not contain the keys */
    public static VAPIDKeyPair parse(String publicKey, String privateKey) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec(CURVE));
            ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(1, Base64.getUrlDecoder().decode(privateKey)),
                            curve.getParameterSpec(ECParameterSpec.class)));
            return VAPIDKeyPairs.of(
                    PrivateKeySources.ofECPrivateKey(key),
                    PublicKeySources.ofUncompressedBytes(Base64.getUrlDecoder().decode(publicKey)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "parley.notifications.web-push.public-key and private-key are not a P-256 key pair in URL-safe Base64");
        }
    }
}

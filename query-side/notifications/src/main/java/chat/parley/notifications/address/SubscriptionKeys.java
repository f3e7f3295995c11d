package chat.parley.notifications.address;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import java.util.Base64;

/**
 * The encryption keys of a browser's subscription, in URL-safe Base64: an uncompressed point of P-256 and 16 bytes.
 */
public record SubscriptionKeys(String p256dh, String auth) {
    private static final int POINT_BYTES = 65;
    private static final int AUTH_BYTES = 16;

    /** @throws Refused {@link Refusal#PUSH_KEYS_INVALID} */
    public static SubscriptionKeys checked(String p256dh, String auth) {
        SubscriptionKeys keys = new SubscriptionKeys(p256dh, auth);
        try {
            if (decoded(p256dh).length == POINT_BYTES && decoded(auth).length == AUTH_BYTES) {
                keys.forEncryption();
                return keys;
            }
        } catch (RuntimeException noPointOfTheCurve) {
            throw new Refused(Refusal.PUSH_KEYS_INVALID);
        }
        throw new Refused(Refusal.PUSH_KEYS_INVALID);
    }

    public UserAgentMessageEncryptionKeyInfo forEncryption() {
        return UserAgentMessageEncryptionKeyInfo.of(decoded(p256dh), decoded(auth));
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Override
    public String toString() {
        return "SubscriptionKeys[]";
    }
}

package chat.parley.notifications.address;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the addresses that clients register. */
public final class PushAddresses {
    private static final int MAX_ENDPOINT = 2_048;
    private static final int HTTPS = 443;
    private static final Pattern APNS_TOKEN = Pattern.compile("(?:[0-9a-fA-F]{2}){32,100}");
    private static final Pattern FCM_TOKEN = Pattern.compile("[A-Za-z0-9_:.-]{16,1024}");

    private final PublicAddresses publicAddresses;

    public PushAddresses(PublicAddresses publicAddresses) {
        this.publicAddresses = publicAddresses;
    }

    /** @throws Refused {@link Refusal#PUSH_ENDPOINT_INVALID}, {@link Refusal#PUSH_KEYS_INVALID} */
    public PushAddress webPush(@Nullable String endpoint, @Nullable String p256dh, @Nullable String auth) {
        if (p256dh == null || auth == null) {
            throw new Refused(Refusal.PUSH_KEYS_INVALID);
        }
        return new PushAddress.WebPush(endpoint(endpoint), SubscriptionKeys.checked(p256dh, auth));
    }

    /** @throws Refused {@link Refusal#PUSH_TOKEN_INVALID} */
    public PushAddress apns(@Nullable String token) {
        return new PushAddress.Apns(token(token, APNS_TOKEN));
    }

    /** @throws Refused {@link Refusal#PUSH_TOKEN_INVALID} */
    public PushAddress fcm(@Nullable String token) {
        return new PushAddress.Fcm(token(token, FCM_TOKEN));
    }

    private static String token(@Nullable String token, Pattern shape) {
        if (token == null || !shape.matcher(token).matches()) {
            throw new Refused(Refusal.PUSH_TOKEN_INVALID);
        }
        return token;
    }

    private URI endpoint(@Nullable String endpoint) {
        try {
            if (endpoint != null && endpoint.length() <= MAX_ENDPOINT && isAscii(endpoint)) {
                URI uri = URI.create(endpoint);
                String host = uri.getHost();
                if (host != null
                        && isPlain(uri)
                        && !publicAddresses.resolve(host).isEmpty()) {
                    return uri;
                }
            }
        } catch (IllegalArgumentException | UnknownHostException unusable) {
            throw new Refused(Refusal.PUSH_ENDPOINT_INVALID);
        }
        throw new Refused(Refusal.PUSH_ENDPOINT_INVALID);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private boolean isPlain(URI uri) {
        boolean secure = "https".equals(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == HTTPS);
        boolean local = publicAddresses.loopbackIsAllowed() && "http".equals(uri.getScheme());
        return (secure || local) && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
    }
}

package chat.parley.notifications;

import chat.parley.notifications.address.PushAddress.WebPush;
import chat.parley.notifications.address.SubscriptionKeys;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A push service and the browser behind it. Accepts only requests signed with the subscribed VAPID key, and decrypts
 * with the subscription's keys (RFC 8291, RFC 8292).
 */
final class WebPushPeer extends LocalServer {
    static final String SUBJECT = "mailto:ops@example.org";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern VAPID = Pattern.compile("vapid t=([^, ]+), ?k=([^, ]+)");
    private static final Duration LONGEST = Duration.ofHours(24);

    private final KeyPair vapid;
    private final KeyPair browser = P256.pair();
    private final byte[] auth = new byte[16];
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile @Nullable CountDownLatch held;

    WebPushPeer(KeyPair vapid) {
        this.vapid = vapid;
        new SecureRandom().nextBytes(auth);
        serve("/push/", this::take);
    }

    record Received(String path, JsonNode payload, String topic, long ttl, String urgency) {}

    WebPush address(String name) {
        return new WebPush(
                url("/push/" + name),
                SubscriptionKeys.checked(P256.base64(P256.uncompressed(browser)), P256.base64(auth)));
    }

    List<Received> received() {
        return received;
    }

    /** Stops answering until the latch is counted down. */
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        held = latch;
        return latch;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Received push;
        try {
            verify(exchange.getRequestHeaders().getFirst("Authorization"));
            push = new Received(
                    exchange.getRequestURI().getPath(),
                    JSON.readTree(decrypt(body)),
                    exchange.getRequestHeaders().getFirst("Topic"),
                    Long.parseLong(exchange.getRequestHeaders().getFirst("TTL")),
                    exchange.getRequestHeaders().getFirst("Urgency"));
        } catch (GeneralSecurityException | JOSEException | ParseException e) {
            answer(exchange, Answer.of(403));
            return;
        }
        await();
        Answer scripted = scripted();
        if (scripted == null) {
            received.add(push);
        }
        answer(exchange, scripted == null ? Answer.of(201) : scripted);
    }

    private void await() throws IOException {
        CountDownLatch latch = held;
        try {
            if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("Held for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void verify(String authorization) throws GeneralSecurityException, JOSEException, ParseException {
        Matcher matcher = VAPID.matcher(authorization);
        require(matcher.matches(), "the form of the header");
        require(matcher.group(2).equals(P256.base64(P256.uncompressed(vapid))), "the key");
        SignedJWT token = SignedJWT.parse(matcher.group(1));
        require(token.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256), "the algorithm");
        require(token.verify(new ECDSAVerifier((ECPublicKey) vapid.getPublic())), "the signature");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        require(claims.getAudience().equals(List.of(url("").toString())), "the audience");
        require(SUBJECT.equals(claims.getSubject()), "the subject");
        Instant now = Instant.ofEpochSecond(System.currentTimeMillis() / 1000);
        Instant expires = claims.getExpirationTime().toInstant();
        require(expires.isAfter(now) && !expires.isAfter(now.plus(LONGEST)), "the expiration");
    }

    private static void require(boolean right, String what) throws GeneralSecurityException {
        if (!right) {
            throw new GeneralSecurityException("Wrong: " + what);
        }
    }

    private byte[] decrypt(byte[] body) throws GeneralSecurityException, JOSEException {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        byte[] salt = new byte[16];
        buffer.get(salt);
        int recordSize = buffer.getInt();
        byte[] server = new byte[Byte.toUnsignedInt(buffer.get())];
        buffer.get(server);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        require(sealed.length <= recordSize && body.length <= 4096, "the size");

        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(browser.getPrivate());
        agreement.doPhase(P256.point(server), true);
        byte[] label = bytes("WebPush: info\0");
        byte[] info = ByteBuffer.allocate(label.length + 2 * server.length)
                .put(label)
                .put(P256.uncompressed(browser))
                .put(server)
                .array();
        byte[] input = derive(auth, agreement.generateSecret(), info, 32);
        byte[] key = derive(salt, input, bytes("Content-Encoding: aes128gcm\0"), 16);
        byte[] nonce = derive(salt, input, bytes("Content-Encoding: nonce\0"), 12);

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(sealed);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        require(padded[end] == 2, "the delimiter of the last record");
        return Arrays.copyOf(padded, end);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addSalt(salt)
                        .addIKM(secret)
                        .thenExpand(info, length));
    }
}

package chat.parley.notifications;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Google's token endpoint, which checks the signed assertion, and FCM v1, which accepts only tokens from it. */
final class FcmPeer extends LocalServer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Google's own, wherever the token is asked for. */
    private static final String AUDIENCE = "https://oauth2.googleapis.com/token";

    private static final String ACCOUNT = "parley@example.iam.gserviceaccount.com";

    private static final RSAKey KEY = key();

    private final AtomicInteger tokensGiven = new AtomicInteger();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    FcmPeer() {
        serve("/token", this::giveToken);
        serve("/v1/projects/parley-test/messages:send", this::take);
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The service account's JSON file. */
    ByteArrayResource serviceAccount() {
        return new ByteArrayResource(JSON.writeValueAsBytes(Map.of(
                "type", "service_account",
                "project_id", "parley-test",
                "private_key_id", "k1",
                "private_key", pem(),
                "client_email", ACCOUNT,
                "client_id", "1",
                "token_uri", url("/token").toString())));
    }

    int tokensGiven() {
        return tokensGiven.get();
    }

    List<JsonNode> received() {
        return received;
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        boolean genuine = "urn:ietf:params:oauth:grant-type:jwt-bearer".equals(fields.get("grant_type"))
                && isOurs(fields.getOrDefault("assertion", ""));
        answer(
                exchange,
                genuine
                        ? json(
                                200,
                                Map.of(
                                        "access_token",
                                        "token-" + tokensGiven.incrementAndGet(),
                                        "token_type",
                                        "Bearer",
                                        "expires_in",
                                        3600))
                        : json(400, Map.of("error", "invalid_grant")));
    }

    private static String pem() {
        try {
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(KEY.toPrivateKey().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(String assertion) {
        try {
            SignedJWT token = SignedJWT.parse(assertion);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            return token.verify(new RSASSAVerifier(KEY))
                    && ACCOUNT.equals(claims.getIssuer())
                    && claims.getAudience().equals(List.of(AUDIENCE))
                    && "https://www.googleapis.com/auth/firebase.messaging".equals(claims.getStringClaim("scope"))
                    && claims.getExpirationTime()
                            .toInstant()
                            .isAfter(Clock.systemUTC().instant());
        } catch (JOSEException | ParseException e) {
            return false;
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode message =
                JSON.readTree(exchange.getRequestBody().readAllBytes()).path("message");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Bearer token-" + tokensGiven.get()).equals(authorization)) {
            answer(exchange, json(401, error("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR")));
            return;
        }
        Answer scripted = scripted();
        if (scripted != null) {
            answer(exchange, scripted);
            return;
        }
        received.add(message);
        answer(exchange, json(200, Map.of("name", "projects/parley-test/messages/1")));
    }

    /** Invalidates the tokens issued so far. */
    void forgetTokens() {
        tokensGiven.incrementAndGet();
    }

    static Answer unregistered() {
        return json(404, error("NOT_FOUND", "UNREGISTERED"));
    }

    private static Map<String, Object> error(String status, String code) {
        return Map.of(
                "error",
                Map.of(
                        "status",
                        status,
                        "details",
                        List.of(Map.of(
                                "@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode", code))));
    }

    private static Answer json(int status, Map<String, Object> body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(body));
    }
}

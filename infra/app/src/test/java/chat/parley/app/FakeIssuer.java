package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Sha256;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.util.UriComponentsBuilder;

/** An OpenID Connect issuer that logs everybody in as the same person, and checks PKCE. */
final class FakeIssuer implements AutoCloseable {
    static final String CLIENT = "parley-page";

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, String> challenges = new ConcurrentHashMap<>();
    private final AtomicInteger refreshed = new AtomicInteger();

    FakeIssuer() throws IOException, JOSEException {
        this.key = new RSAKeyGenerator(2048).keyID("k").generate();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, metadata()));
        server.createContext("/keys", exchange -> json(exchange, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String uri() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    int refreshed() {
        return refreshed.get();
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer", uri(),
                "authorization_endpoint", uri() + "/authorize",
                "token_endpoint", uri() + "/token",
                "jwks_uri", uri() + "/keys",
                "subject_types_supported", new String[] {"public"});
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI());
        assertThat(asked)
                .containsEntry("client_id", CLIENT)
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256");
        String code = "code-" + challenges.size();
        challenges.put(code, asked.get("code_challenge"));
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> asked = parameters(URI.create("http://issuer/?" + body));
        if ("refresh_token".equals(asked.get("grant_type"))) {
            assertThat(asked).containsEntry("refresh_token", "refresh");
            refreshed.incrementAndGet();
        } else {
            assertThat(challenge(asked.getOrDefault("code_verifier", "")))
                    .isEqualTo(challenges.remove(asked.get("code")));
        }
        // Within the minute in which clients renew, so that the first request already needs the refresh token.
        json(exchange, Map.of("access_token", signed(), "refresh_token", "refresh", "expires_in", 30));
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
    }

    private String signed() {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(uri())
                            .subject("subject-1")
                            .claim("preferred_username", "olivia")
                            .claim("name", "Olivia from elsewhere")
                            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                            .build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new ConcurrentHashMap<>();
        UriComponentsBuilder.fromUri(uri)
                .build()
                .getQueryParams()
                .forEach((name, values) ->
                        parameters.put(name, URLDecoder.decode(values.getFirst(), StandardCharsets.UTF_8)));
        return parameters;
    }

    private static void json(HttpExchange exchange, Map<String, ?> document) throws IOException {
        byte[] body = ApiClient.JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

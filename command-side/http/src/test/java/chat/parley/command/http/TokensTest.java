package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.testing.FakeVaultSecrets;
import chat.parley.testing.HttpAnswer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest extends ServerTest {
    @Test
    void authenticateTheirUser() {
        changeNothing(somebody().accessToken()).is(204);
    }

    @Test
    void areRequired() {
        HttpAnswer answer = changeNothing(null).isRefused(Refusal.UNAUTHENTICATED);
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "....", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"})
    void areRefusedIfForged(String token) {
        changeNothing(token).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void areRefusedIfAltered() {
        String[] parts = somebody().accessToken().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"roles\":[]", "\"roles\":[\"admin\"]");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        changeNothing(parts[0] + "." + forged + "." + parts[2]).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void areRefusedWithoutASignature() throws ParseException {
        JWTClaimsSet claims = SignedJWT.parse(somebody().accessToken()).getJWTClaimsSet();
        changeNothing(new PlainJWT(claims).serialize()).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void areRefusedUnderAnotherSecret() throws JOSEException, ParseException {
        changeNothing(signed(JWSAlgorithm.HS256, new MACSigner(new byte[32]))).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void areRefusedUnderAnotherAlgorithm() throws JOSEException, ParseException, NoSuchAlgorithmException {
        changeNothing(signed(JWSAlgorithm.RS256, rsa())).isRefused(Refusal.TOKEN_INVALID);
        byte[] ours = new FakeVaultSecrets().secret("jwt");
        byte[] longer = new byte[64];
        System.arraycopy(ours, 0, longer, 0, ours.length);
        changeNothing(signed(JWSAlgorithm.HS512, new MACSigner(longer))).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void areRefusedWithoutAnExpiry() throws JOSEException, ParseException {
        JWTClaimsSet endless = new JWTClaimsSet.Builder(
                        SignedJWT.parse(somebody().accessToken()).getJWTClaimsSet())
                .expirationTime(null)
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), endless);
        token.sign(new MACSigner(new FakeVaultSecrets().secret("jwt")));
        changeNothing(token.serialize()).isRefused(Refusal.TOKEN_INVALID);
    }

    @Test
    void expire() {
        LoggedInUser person = somebody();
        clock.advance(Duration.ofMinutes(15));
        changeNothing(person.accessToken()).isRefused(Refusal.TOKEN_EXPIRED);
        changeNothing(refresh(person.refreshToken()).is(200).text("accessToken"))
                .is(204);
    }

    @Test
    void endWithTheLogout() {
        LoggedInUser person = somebody();
        delete(person.accessToken(), "/sessions/current").is(204);
        changeNothing(person.accessToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(person.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        assertThat(aggregates.stored(SessionEnded.class))
                .anySatisfy(ended -> assertThat(ended.user().value()).isEqualTo(person.id()));
    }

    @Test
    void endWithin5SecondsOfALogoutOnAnotherNode() {
        LoggedInUser person = somebody();
        changeNothing(person.accessToken()).is(204);
        vault("delete from vault.sessions where user_id = ?", person.id());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> changeNothing(person.accessToken()).isRefused(Refusal.TOKEN_INVALID));
    }

    @Test
    void endWithTheirDevice() {
        LoggedInUser phone = somebody();
        LoggedInUser tablet = loggedIn(phone.username(), "tablet");
        delete(tablet.accessToken(), "/users/me/devices/device").is(204);
        changeNothing(phone.accessToken()).isRefused(Refusal.TOKEN_INVALID);
        changeNothing(tablet.accessToken()).is(204);
        assertThat(aggregates.stored(DeviceRemoved.class))
                .anySatisfy(removed -> assertThat(removed.user().value()).isEqualTo(phone.id()));
    }

    @Test
    void areRefreshedOnceExceptWithinTheGrace() {
        LoggedInUser person = somebody();
        HttpAnswer refreshed = refresh(person.refreshToken()).is(200);
        assertThat(refreshed.text("refreshToken")).isNotEqualTo(person.refreshToken());
        assertThat(refreshed.body().path("user").path("id").asString()).isEqualTo(person.id());

        assertThat(refresh(person.refreshToken()).is(200).text("refreshToken"))
                .isEqualTo(refreshed.text("refreshToken"));
        clock.advance(Duration.ofSeconds(30));
        // A copy of the first token was used: the session ends for the holders of both tokens.
        refresh(person.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        refresh(refreshed.text("refreshToken")).isRefused(Refusal.TOKEN_INVALID);
        changeNothing(refreshed.text("accessToken")).isRefused(Refusal.TOKEN_INVALID);
        assertThat(aggregates.stored(SessionEnded.class))
                .anySatisfy(ended -> assertThat(ended.user().value()).isEqualTo(person.id()));
    }

    @Test
    void doNotEndByAForgedRefreshToken() {
        LoggedInUser person = somebody();
        String session =
                person.refreshToken().substring(0, person.refreshToken().indexOf('.'));
        refresh(session + ".AAAA.BBBB").isRefused(Refusal.TOKEN_INVALID);
        refresh(session).isRefused(Refusal.TOKEN_INVALID);
        refresh("..").isRefused(Refusal.TOKEN_INVALID);
        refresh("").isRefused(Refusal.TOKEN_INVALID);
        refresh(person.refreshToken()).is(200);
    }

    @Test
    void cannotBeRefreshedAfterALongTime() {
        LoggedInUser person = somebody();
        clock.advance(Duration.ofDays(31));
        refresh(person.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
    }

    private HttpAnswer changeNothing(@Nullable String token) {
        return delete(token, "/users/me/blocks/nobody");
    }

    private String signed(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException, ParseException {
        JWTClaimsSet claims = SignedJWT.parse(somebody().accessToken()).getJWTClaimsSet();
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static JWSSigner rsa() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new RSASSASigner(generator.generateKeyPair().getPrivate());
    }
}

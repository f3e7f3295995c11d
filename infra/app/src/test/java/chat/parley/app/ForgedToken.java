package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.VaultSecrets;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Access tokens with altered claims of a genuine one. */
final class ForgedToken {
    /** The least length for HS512. HMAC fills shorter keys with zeros itself. */
    private static final int KEY_BYTES = 64;

    private final byte[] realSecret;
    private final JWTClaimsSet.Builder claims;

    private ForgedToken(byte[] realSecret, JWTClaimsSet claims) {
        this.realSecret = realSecret;
        this.claims = new JWTClaimsSet.Builder(claims);
    }

    static ForgedToken of(ParleyServer server, TestUser person) throws ParseException {
        return new ForgedToken(
                server.bean(VaultSecrets.class).secret("jwt"),
                SignedJWT.parse(person.accessToken()).getJWTClaimsSet());
    }

    ForgedToken expiringAt(Instant time) {
        Instant issued = claims.build().getIssueTime().toInstant();
        Instant before = time.minusSeconds(1);
        claims.expirationTime(Date.from(time)).issueTime(Date.from(issued.isBefore(before) ? issued : before));
        return this;
    }

    ForgedToken with(String claim, @Nullable String value) {
        claims.claim(claim, value);
        return this;
    }

    ForgedToken without(String claim) {
        return with(claim, null);
    }

    /** Signed with the server's key, which only the vault has. */
    String genuine() throws JOSEException {
        return hmac(JWSAlgorithm.HS256, realSecret);
    }

    String ofAnotherSecret() throws JOSEException {
        return hmac(JWSAlgorithm.HS256, "a secret that somebody made up by themselves".getBytes(UTF_8));
    }

    String hs512() throws JOSEException {
        return hmac(JWSAlgorithm.HS512, realSecret);
    }

    String unsigned() {
        return new PlainJWT(claims.build()).serialize();
    }

    String rs256() throws JOSEException {
        return signed(JWSAlgorithm.RS256, new RSASSASigner(new RSAKeyGenerator(2048).generate()));
    }

    private String hmac(JWSAlgorithm algorithm, byte[] secret) throws JOSEException {
        return signed(algorithm, new MACSigner(Arrays.copyOf(secret, KEY_BYTES)));
    }

    private String signed(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(signer);
        return token.serialize();
    }
}

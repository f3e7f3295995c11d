package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.port.VaultSecrets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** Access tokens with altered claims of a genuine one. */
final class ForgedToken {
    private final byte[] realSecret;
    private final ObjectNode claims;

    private ForgedToken(byte[] realSecret, ObjectNode claims) {
        this.realSecret = realSecret;
        this.claims = claims;
    }

    static ForgedToken of(ParleyServer server, TestUser person) {
        String token = person.accessToken();
        String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
        return new ForgedToken(server.bean(VaultSecrets.class).secret("jwt"), (ObjectNode)
                ApiClient.JSON.readTree(Base64.getUrlDecoder().decode(payload)));
    }

    ForgedToken expiringAt(Instant time) {
        claims.put("exp", time.getEpochSecond());
        claims.put("iat", Math.min(claims.path("iat").asLong(), time.getEpochSecond() - 1));
        return this;
    }

    ForgedToken with(String claim, String value) {
        claims.put(claim, value);
        return this;
    }

    ForgedToken without(String claim) {
        claims.remove(claim);
        return this;
    }

    /** Signed with the server's key, which only the vault has. */
    String genuine() {
        return hmac("HS256", "HmacSHA256", realSecret);
    }

    String ofAnotherSecret() {
        return hmac("HS256", "HmacSHA256", "a secret that somebody made up by themselves".getBytes(UTF_8));
    }

    String hs512() {
        return hmac("HS512", "HmacSHA512", realSecret);
    }

    String unsigned() {
        return signedPart("none") + ".";
    }

    String rs256() {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(
                    KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
            String signed = signedPart("RS256");
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hmac(String algorithm, String mac, byte[] secret) {
        try {
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(secret, mac));
            String signed = signedPart(algorithm);
            return signed + "." + base64(hmac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signedPart(String algorithm) {
        return base64(ApiClient.JSON.writeValueAsBytes(Map.of("alg", algorithm, "typ", "JWT")))
                + "."
                + base64(ApiClient.JSON.writeValueAsBytes(claims));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

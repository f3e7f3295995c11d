package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.process.Roles;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process starts with each role, with an Elasticsearch that is away and a push service. {@link SplitRolesTest} starts
 * others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EachRoleAloneTest {
    private final SharedEngines engines = SharedEngines.start();

    @AfterAll
    void stop() {
        engines.close();
    }

    /** Roles that send commands are with the one that handles them, which the events in PostgreSQL demand. */
    @ParameterizedTest
    @ValueSource(
            strings = {"command", "search", "api,command", "notify,command", "audit,command", "push,search,command"})
    void isEnoughForAProcess(String roles) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair vapid = generator.generateKeyPair();
        try (ParleyServer node = engines.startNode(
                "parley.roles=" + roles,
                "parley.search.uri=http://localhost:1",
                "parley.notifications.web-push.public-key=" + uncompressed((ECPublicKey) vapid.getPublic()),
                "parley.notifications.web-push.private-key="
                        + base64(bytes(((ECPrivateKey) vapid.getPrivate()).getS())),
                "parley.notifications.web-push.subject=mailto:ops@example.org")) {
            assertThat(node.bean(Roles.class)).isEqualTo(Roles.named(List.of(roles.split(",", -1))));
            assertThat(new ApiClient(node.port(), null)
                            .get("/readyz")
                            .response()
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String uncompressed(ECPublicKey key) {
        byte[] x = bytes(key.getW().getAffineX());
        byte[] point = Arrays.copyOf(new byte[] {4}, 1 + 2 * x.length);
        System.arraycopy(x, 0, point, 1, x.length);
        System.arraycopy(bytes(key.getW().getAffineY()), 0, point, 1 + x.length, x.length);
        return base64(point);
    }

    /** The number as 32 bytes. */
    private static byte[] bytes(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(bytes.length, padded.length);
        System.arraycopy(bytes, bytes.length - length, padded, padded.length - length, length);
        return padded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

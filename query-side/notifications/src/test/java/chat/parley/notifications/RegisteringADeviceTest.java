package chat.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.notifications.address.PublicAddresses;
import chat.parley.notifications.address.PushAddress;
import chat.parley.notifications.address.PushAddresses;
import chat.parley.notifications.address.PushService;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.notifications.registration.PushController;
import chat.parley.notifications.registration.PushController.Keys;
import chat.parley.notifications.registration.PushController.Registration;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.web.token.TokenClaims;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class RegisteringADeviceTest {
    private static final UserId BOB = new UserId("bob");
    private static final UserId EVE = new UserId("eve");
    private static final DeviceId BROWSER = new DeviceId("browser");
    private static final DeviceId PHONE = new DeviceId("phone");
    /** A literal public address, so that no name is resolved. */
    private static final String ENDPOINT = "https://9.9.9.9/push/";

    private static final KeyPair VAPID = P256.pair();
    private static final FcmPeer GOOGLE = new FcmPeer();
    private static final PushSenders SENDERS =
            new PushSenders(properties(), new PublicAddresses(false), Clock.systemUTC());

    private final Keys keys = new Keys(P256.base64(P256.uncompressed(P256.pair())), P256.base64(new byte[16]));
    private final Database database = TestPostgres.database();
    private final Registrations registrations =
            new Registrations(database.dataSource(), Clock.systemUTC(), 3, Duration.ofDays(1));
    private final PushController controller =
            new PushController(registrations, new PushAddresses(new PublicAddresses(false)), SENDERS);

    private static NotificationProperties properties() {
        Duration any = Duration.ofSeconds(1);
        return new NotificationProperties(
                any,
                any,
                any,
                any,
                any,
                any,
                1,
                1,
                1,
                1,
                3,
                any,
                new NotificationProperties.WebPush(
                        P256.base64(P256.uncompressed(VAPID)), P256.base64(P256.scalar(VAPID)), "mailto:a@b", false),
                new NotificationProperties.Apns(null, null, null, null, "localhost", 1, null),
                new NotificationProperties.Fcm(GOOGLE.serviceAccount(), GOOGLE.url("")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @AfterAll
    static void stop() {
        SENDERS.close();
        GOOGLE.close();
    }

    private static Jwt token(UserId user, @Nullable DeviceId device) {
        Jwt.Builder token = Jwt.withTokenValue("t")
                .header("alg", "none")
                .subject(user.value())
                .expiresAt(Instant.MAX);
        return device == null
                ? token.claim(TokenClaims.SESSION, "elsewhere").build()
                : token.claim(TokenClaims.DEVICE, device.value())
                        .claim(TokenClaims.SESSION, "s-" + device)
                        .build();
    }

    private static Registration browser(@Nullable String endpoint, @Nullable Keys keys) {
        return new Registration(PushService.WEB_PUSH, endpoint, keys, null);
    }

    private static Registration phone(@Nullable String token) {
        return new Registration(PushService.FCM, null, null, token);
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void isStoredUntilItsRemoval() {
        controller.register(BROWSER, browser(ENDPOINT + "1", keys), token(BOB, BROWSER));
        controller.register(BROWSER, browser(ENDPOINT + "2", keys), token(BOB, BROWSER));
        controller.register(PHONE, phone("token-of-bobs-phone"), token(BOB, PHONE));
        assertThat(registrations.of(List.of(BOB)))
                .extracting(device -> device.address().target())
                .containsExactly(ENDPOINT + "2", "token-of-bobs-phone");
        controller.unregister(BROWSER, token(BOB, PHONE));
        assertThat(registrations.of(List.of(BOB)))
                .extracting(RegisteredDevice::id)
                .containsExactly(PHONE);
        registrations.sessionEnded(new LoginSessionId("s-phone"));
        assertThat(registrations.of(List.of(BOB))).isEmpty();
    }

    @Test
    void movesAnAddressToItsNewUser() {
        controller.register(BROWSER, browser(ENDPOINT, keys), token(BOB, BROWSER));
        controller.register(BROWSER, browser(ENDPOINT, keys), token(EVE, BROWSER));
        assertThat(registrations.of(List.of(BOB, EVE)))
                .extracting(RegisteredDevice::user)
                .containsExactly(EVE);
    }

    @Test
    void aRemovedDeviceThatWasRegisteredAgainStays() {
        controller.register(PHONE, phone("token-of-bobs-phone"), token(BOB, null));
        registrations.deviceRemoved(BOB, PHONE, Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(registrations.of(List.of(BOB))).hasSize(1);
        registrations.deviceRemoved(BOB, PHONE, Clock.systemUTC().instant());
        assertThat(registrations.of(List.of(BOB))).isEmpty();
    }

    @Test
    void expiresWithoutARenewalAndFreesItsPlace() {
        Clock past = Clock.fixed(Clock.systemUTC().instant().minus(Duration.ofDays(2)), ZoneOffset.UTC);
        Registrations then = new Registrations(database.dataSource(), past, 3, Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            then.put(
                    new RegisteredDevice(BOB, new DeviceId("d" + i), new PushAddress.Fcm("token-of-device-" + i)),
                    null);
        }
        assertThat(registrations.of(List.of(BOB))).isEmpty();
        controller.register(PHONE, phone("token-of-bobs-phone"), token(BOB, PHONE));
        assertThat(registrations.of(List.of(BOB))).hasSize(1);
    }

    @Test
    void isRefusedForAnotherDevice() {
        assertRefused(
                Refusal.FORBIDDEN, () -> controller.register(PHONE, phone("token-of-bobs-phone"), token(BOB, BROWSER)));
    }

    @Test
    void removesTheLeastRecentlyRegisteredOfTooMany() {
        for (int i = 0; i < 3; i++) {
            DeviceId device = new DeviceId("d" + i);
            controller.register(device, phone("token-of-device-" + i), token(BOB, device));
        }
        DeviceId first = new DeviceId("d0");
        controller.register(first, phone("new-token-of-device-0"), token(BOB, first));
        controller.register(PHONE, phone("token-of-bobs-phone"), token(BOB, PHONE));
        assertThat(registrations.of(List.of(BOB)))
                .extracting(RegisteredDevice::id)
                .containsExactly(first, new DeviceId("d2"), PHONE);
    }

    @Test
    void isRefusedForAServiceWithoutKeys() {
        assertThat(controller.services().services()).containsExactly(PushService.WEB_PUSH, PushService.FCM);
        assertThat(controller.services().webPushKey()).isEqualTo(P256.base64(P256.uncompressed(VAPID)));
        assertRefused(
                Refusal.PUSH_SERVICE_OFF,
                () -> controller.register(
                        PHONE, new Registration(PushService.APNS, null, null, "aa".repeat(32)), token(BOB, PHONE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://9.9.9.9/push",
                "ftp://9.9.9.9/push",
                "https:///push",
                "push",
                "https://9.9.9.9:8443/push",
                "https://user@9.9.9.9/push",
                "https://9.9.9.9/push#fragment",
                "https://9.9.9.9/pu sh",
                "https://localhost/push",
                "https://127.0.0.1/push",
                "https://2130706433/push",
                "https://10.1.2.3/push",
                "https://172.31.0.1/push",
                "https://192.168.0.1/push",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/push",
                "https://0.0.0.0/push",
                "https://255.255.255.255/push",
                "https://224.0.0.1/push",
                "https://[::1]/push",
                "https://[::]/push",
                "https://[fe80::1]/push",
                "https://[fd00::1]/push",
                "https://[::ffff:127.0.0.1]/push",
                "https://[64:ff9b::7f00:1]/push",
                "https://[2002:7f00:1::]/push",
                "https://[2001:db8::1]/push",
                "https://no-such-host.invalid/push"
            })
    void anEndpointWithoutAPublicAddressIsRefused(String endpoint) {
        assertRefused(
                Refusal.PUSH_ENDPOINT_INVALID,
                () -> controller.register(BROWSER, browser(endpoint, keys), token(BOB, BROWSER)));
    }

    @Test
    void aTooLongEndpointIsRefused() {
        assertRefused(
                Refusal.PUSH_ENDPOINT_INVALID,
                () -> controller.register(BROWSER, browser(ENDPOINT + "x".repeat(2_048), keys), token(BOB, BROWSER)));
        assertRefused(
                Refusal.PUSH_ENDPOINT_INVALID,
                () -> controller.register(BROWSER, browser(null, keys), token(BOB, BROWSER)));
    }

    @Test
    void invalidKeysAreRefused() {
        byte[] offTheCurve = P256.uncompressed(P256.pair());
        offTheCurve[64] ^= 1;
        String auth = P256.base64(new byte[16]);
        List<Keys> bad = List.of(
                new Keys(P256.base64(offTheCurve), auth),
                new Keys(P256.base64(new byte[65]), auth),
                new Keys(P256.base64(new byte[64]), auth),
                new Keys("not Base64!", auth),
                new Keys(keys.p256dh(), P256.base64(new byte[15])),
                new Keys(keys.p256dh(), null));
        for (Keys wrong : bad) {
            assertRefused(
                    Refusal.PUSH_KEYS_INVALID,
                    () -> controller.register(BROWSER, browser(ENDPOINT, wrong), token(BOB, BROWSER)));
        }
        assertRefused(
                Refusal.PUSH_KEYS_INVALID,
                () -> controller.register(BROWSER, browser(ENDPOINT, null), token(BOB, BROWSER)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with a space in the middle", "../../v1/projects/other/x"})
    void anInvalidTokenIsRefused(String fcm) {
        assertRefused(Refusal.PUSH_TOKEN_INVALID, () -> controller.register(PHONE, phone(fcm), token(BOB, PHONE)));
    }

    @Test
    void printsNoAddress() {
        String printed = browser(ENDPOINT + "secret", keys) + " "
                + new RegisteredDevice(BOB, PHONE, new PushAddress.Fcm("secret")) + phone("secret") + keys;
        assertThat(printed).doesNotContain("secret").doesNotContain(String.valueOf(keys.p256dh()));
    }
}

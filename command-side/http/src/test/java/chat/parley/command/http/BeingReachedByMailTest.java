package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.identity.password.Mailer;
import chat.parley.testing.HttpAnswer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Uses a real SMTP server. */
class BeingReachedByMailTest extends ServerTest {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}");
    private static final Duration IN_TIME = Duration.ofSeconds(20);
    private static final String NEXT = "another battery staple";

    @Autowired
    Mailer mailer;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        properties.add("parley.mail.from", () -> "parley@chat.example");
    }

    @AfterAll
    static void stopMail() {
        MAIL.stop();
    }

    @Test
    void setsAForgottenPassword() {
        LoggedInUser alice = somebody();
        String address = confirmed(alice);
        ask(alice.username());
        String code = code(address, 2);
        post(null, "/password-resets", Map.of("username", alice.username(), "code", code, "newPassword", NEXT))
                .is(204);
        refresh(alice.refreshToken()).isRefused(Refusal.TOKEN_INVALID);
        logIn(alice.username(), NEXT, "device").is(200);
    }

    @Test
    void findsTheAddressInAnyLetterCase() throws MessagingException {
        LoggedInUser alice = somebody();
        LoggedInUser bob = somebody();
        String address = confirmed(alice);
        confirm(bob, address, 2);
        ask(address.toUpperCase(Locale.ROOT));
        code(address, 4);
        MimeMessage letter = mailsTo(address)[3];
        assertThat(letter.getFrom()[0].toString()).isEqualTo("parley@chat.example");
        assertThat(Arrays.stream(mailsTo(address)).skip(2).map(GreenMailUtil::getBody))
                .anyMatch(text -> text.contains(alice.username()))
                .anyMatch(text -> text.contains(bob.username()));
    }

    @Test
    void answersAlikeForUnknownUsers() {
        LoggedInUser alice = somebody();
        LoggedInUser silent = somebody();
        String address = confirmed(alice);
        HttpAnswer known = ask(alice.username());
        assertThat(ask(silent.username()).body()).isEqualTo(known.body());
        assertThat(ask(unique("nobody")).body()).isEqualTo(known.body());
        assertThat(ask("no name").body()).isEqualTo(known.body());
        assertThat(ask("nobody@chat.example").body()).isEqualTo(known.body());
        code(address, 2);
    }

    @Test
    void needsAConfirmedAddress() {
        LoggedInUser alice = somebody();
        String address = address();
        put(alice.accessToken(), "/users/me/mail-address", Map.of("address", address, "password", PASSWORD))
                .is(202);
        String code = code(address, 1);
        ask(alice.username());
        ask(address);
        post(alice.accessToken(), "/users/me/mail-address/confirmation", Map.of("code", "0000-0000-0000-0000"))
                .isRefused(Refusal.CODE_INVALID);
        post(somebody().accessToken(), "/users/me/mail-address/confirmation", Map.of("code", code))
                .isRefused(Refusal.CODE_INVALID);
        HttpAnswer view = get(alice.accessToken(), "/users/me/mail-address").is(200);
        assertThat(view.text("pending")).isEqualTo(address);
        assertThat(view.body().has("address")).isFalse();

        post(alice.accessToken(), "/users/me/mail-address/confirmation", Map.of("code", code))
                .is(200);
        assertThat(get(alice.accessToken(), "/users/me/mail-address").is(200).text("address"))
                .isEqualTo(address);
        settle();
        assertThat(mailsTo(address)).hasSize(1);
    }

    @Test
    void isNotConfirmedByACodeForAnotherAddress() {
        LoggedInUser alice = somebody();
        String first = address();
        String second = address();
        put(alice.accessToken(), "/users/me/mail-address", Map.of("address", first, "password", PASSWORD))
                .is(202);
        String code = code(first, 1);
        put(alice.accessToken(), "/users/me/mail-address", Map.of("address", second, "password", PASSWORD))
                .is(202);
        post(alice.accessToken(), "/users/me/mail-address/confirmation", Map.of("code", code))
                .isRefused(Refusal.CODE_INVALID);
        post(alice.accessToken(), "/users/me/mail-address/confirmation", Map.of("code", code(second, 1)))
                .is(200);
    }

    @Test
    void isLimited() {
        LoggedInUser alice = somebody();
        String address = confirmed(alice);
        for (int i = 0; i < 8; i++) {
            ask(alice.username());
        }
        code(address, 5);
        settle();
        assertThat(mailsTo(address)).hasSize(5);
        put(alice.accessToken(), "/users/me/mail-address", Map.of("address", address(), "password", PASSWORD))
                .isRefused(Refusal.RATE_LIMITED);
    }

    @Test
    void endsWithTheDeletionOfTheAddress() {
        LoggedInUser alice = somebody();
        String address = confirmed(alice);
        delete(alice.accessToken(), "/users/me/mail-address").is(204);
        ask(alice.username());
        ask(address);
        settle();
        assertThat(mailsTo(address)).hasSize(1);
        assertThat(get(alice.accessToken(), "/users/me/mail-address").is(200).body())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "@chat.example",
                "a@",
                "a b@chat.example",
                "a@b@chat.example",
                "a@chat.example\r\nBcc: c@chat.example",
                "a@chat.example,b@chat.example",
                "Ann <a@chat.example>",
                "\"a\"@chat.example",
                "a@[127.0.0.1]",
                "a@chat..example",
                "a@chat.example\u0000"
            })
    void refusesInvalidAddresses(String address) {
        put(somebody().accessToken(), "/users/me/mail-address", Map.of("address", address, "password", PASSWORD))
                .isRefused(Refusal.MAIL_ADDRESS_INVALID);
        String longest = "a".repeat(64) + "@" + "b".repeat(190) + ".example";
        put(somebody().accessToken(), "/users/me/mail-address", Map.of("address", longest, "password", PASSWORD))
                .isRefused(Refusal.MAIL_ADDRESS_INVALID);
    }

    @Test
    void needsThePassword() {
        put(somebody().accessToken(), "/users/me/mail-address", Map.of("address", address(), "password", "wrong"))
                .isRefused(Refusal.PASSWORD_WRONG);
    }

    private HttpAnswer ask(String username) {
        return post(null, "/password-resets/requests", Map.of("username", username))
                .is(202);
    }

    private static String address() {
        return UUID.randomUUID() + "@chat.example";
    }

    private String confirmed(LoggedInUser person) {
        String address = address();
        confirm(person, address, 1);
        return address;
    }

    private void confirm(LoggedInUser person, String address, int mails) {
        put(person.accessToken(), "/users/me/mail-address", Map.of("address", address, "password", PASSWORD))
                .is(202);
        String code = code(address, mails);
        post(person.accessToken(), "/users/me/mail-address/confirmation", Map.of("code", code))
                .is(200);
    }

    /** The code in the last of this number of mails to this address. */
    private static String code(String address, int mails) {
        Awaitility.await().atMost(IN_TIME).until(() -> mailsTo(address).length >= mails);
        Matcher code = CODE.matcher(GreenMailUtil.getBody(mailsTo(address)[mails - 1]));
        assertThat(code.find()).isTrue();
        return code.group();
    }

    private static MimeMessage[] mailsTo(String address) {
        return MAIL.getReceivedMessagesForDomain(address);
    }

    /** Waits until all mails are sent. */
    private void settle() {
        Awaitility.await().atMost(IN_TIME).until(mailer::isIdle);
    }
}

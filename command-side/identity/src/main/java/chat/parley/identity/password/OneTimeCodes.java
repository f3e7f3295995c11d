package chat.parley.identity.password;

import chat.parley.api.Sha256;
import chat.parley.api.account.UserId;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One-time codes that are shown or mailed to a user. The vault holds only their hashes. */
public final class OneTimeCodes {
    /**
     * Digits and letters without those that are easily confused. A code has 80 bits, too many to guess before it
     * expires.
     */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 16;
    private static final int GROUP = 4;

    /**
     * Earlier codes stay valid when another one is issued. Otherwise anybody could invalidate a user's code by asking
     * for another one.
     */
    private static final int MOST_AT_ONCE = 5;

    /** The subject of a code that sets a password, which needs none besides the user. */
    public static final String ANYTHING = "";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient vault;
    private final Clock clock;

    OneTimeCodes(JdbcClient vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** What a code can be used for. */
    public enum Purpose {
        PASSWORD_RESET,
        MAIL_ADDRESS
    }

    public record Code(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Code[expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * @param about the subject of the code, such as the address it was sent to; the code is valid for this subject only
     */
    public Code issue(UserId user, Purpose purpose, String about, Duration lifetime) {
        Instant now = clock.instant();
        Code code = new Code(random(), now.plus(lifetime));
        vault.sql("delete from vault.one_time_codes where user_id = :user and (expires_at <= :now or code_hash in "
                        + "(select code_hash from vault.one_time_codes where user_id = :user and purpose = :purpose "
                        + "order by created_at desc offset :others))")
                .param("user", user.value())
                .param("purpose", purpose.name())
                .param("now", Timestamp.from(now))
                .param("others", MOST_AT_ONCE - 1)
                .update();
        vault.sql("insert into vault.one_time_codes (code_hash, user_id, purpose, created_at, expires_at) "
                        + "values (?, ?, ?, ?, ?)")
                .params(
                        hash(code.value(), about),
                        user.value(),
                        purpose.name(),
                        Timestamp.from(now),
                        Timestamp.from(code.expiresAt()))
                .update();
        return code;
    }

    public boolean isGood(UserId user, Purpose purpose, String about, String code) {
        return vault.sql("select 1 from vault.one_time_codes "
                        + "where code_hash = ? and user_id = ? and purpose = ? and expires_at > ?")
                .params(hash(code, about), user.value(), purpose.name(), Timestamp.from(clock.instant()))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether the code was valid. A code can be used once. */
    boolean use(UserId user, Purpose purpose, String about, String code) {
        return vault.sql("delete from vault.one_time_codes "
                                + "where code_hash = ? and user_id = ? and purpose = ? and expires_at > ?")
                        .params(hash(code, about), user.value(), purpose.name(), Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    public void forget(UserId user) {
        vault.sql("delete from vault.one_time_codes where user_id = ?")
                .param(user.value())
                .update();
    }

    /** Accepts a code as it is read out or typed: in any letter case, with or without hyphens and spaces. */
    public static byte[] hash(String code, String about) {
        String written = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return Sha256.of(written + "/" + about);
    }

    private static String random() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }
}

package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mail addresses of users, in the vault. Several accounts may have the same address. */
public final class MailAddresses {
    /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
    private static final int MAX_LENGTH = 254;

    /** One address without characters that have another meaning for a mail server or in a header. */
    private static final Pattern PLAIN =
            Pattern.compile("[^\\s\\p{Cntrl}@<>()\\[\\]\\\\,;:\"]+@[^\\s\\p{Cntrl}@<>()\\[\\]\\\\,;:\"]+");

    private final JdbcClient vault;

    MailAddresses(JdbcClient vault) {
        this.vault = vault;
    }

    /** @param pending an address that is not confirmed yet */
    public record MailAddress(
            @Nullable String confirmed, @Nullable String pending) {
        static final MailAddress NONE = new MailAddress(null, null);

        @Override
        public String toString() {
            return "MailAddress[]";
        }
    }

    /** @throws Refused {@link Refusal#MAIL_ADDRESS_INVALID} */
    public static String checked(String address) {
        if (address.length() > MAX_LENGTH || !PLAIN.matcher(address).matches()) {
            throw new Refused(Refusal.MAIL_ADDRESS_INVALID);
        }
        try {
            new InternetAddress(address, true).validate();
        } catch (AddressException e) {
            throw new Refused(Refusal.MAIL_ADDRESS_INVALID);
        }
        return address;
    }

    public MailAddress of(UserId user) {
        return vault.sql("select confirmed, pending from vault.mail_addresses where user_id = ?")
                .param(user.value())
                .query((row, number) -> new MailAddress(row.getString("confirmed"), row.getString("pending")))
                .optional()
                .orElse(MailAddress.NONE);
    }

    void ask(UserId user, String address) {
        vault.sql("insert into vault.mail_addresses (user_id, pending) values (?, ?) "
                        + "on conflict (user_id) do update set pending = excluded.pending")
                .params(user.value(), address)
                .update();
    }

    void confirm(UserId user, String pending) {
        vault.sql("update vault.mail_addresses set confirmed = pending, pending = null, compared = ? "
                        + "where user_id = ? and pending = ?")
                .params(compared(pending), user.value(), pending)
                .update();
    }

    public void forget(UserId user) {
        vault.sql("delete from vault.mail_addresses where user_id = ?")
                .param(user.value())
                .update();
    }

    /** The users with this confirmed address, at most {@code most}. */
    List<UserId> whose(String address, int most) {
        return vault.sql("select user_id from vault.mail_addresses where compared = ? order by user_id limit ?")
                .params(compared(address), most)
                .query((row, number) -> new UserId(row.getString("user_id")))
                .list();
    }

    Optional<String> confirmed(UserId user) {
        return Optional.ofNullable(of(user).confirmed());
    }

    /** Mail servers in practice ignore letter case, although the standard allows them to distinguish it. */
    private static String compared(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}

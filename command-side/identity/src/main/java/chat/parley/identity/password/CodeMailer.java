package chat.parley.identity.password;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.OneTimeCodes.Code;
import chat.parley.identity.password.OneTimeCodes.Purpose;
import chat.parley.identity.profile.Profiles;
import chat.parley.web.limit.RateLimit;
import chat.parley.web.limit.RateLimiter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Sends one-time codes by mail. The recipient is looked up after the answer, so that the answer does not reveal whether
 * an account exists.
 */
public final class CodeMailer {
    /** Maximum number of accounts with the same address that get a code. */
    private static final int MOST_ACCOUNTS = 5;

    private final Mailer mailer;
    private final MailAddresses addresses;
    private final OneTimeCodes codes;
    private final CredentialLookup named;
    private final Profiles profiles;
    private final ReadModelClient readModel;
    private final RateLimiter limiter;
    private final MailProperties properties;

    CodeMailer(
            Mailer mailer,
            MailAddresses addresses,
            OneTimeCodes codes,
            CredentialLookup named,
            Profiles profiles,
            ReadModelClient readModel,
            RateLimiter limiter,
            MailProperties properties) {
        this.mailer = mailer;
        this.addresses = addresses;
        this.codes = codes;
        this.named = named;
        this.profiles = profiles;
        this.readModel = readModel;
        this.limiter = limiter;
        this.properties = properties;
    }

    public void requireOn() {
        mailer.requireOn();
    }

    /** Sends a code to the confirmed address of the accounts with this username or this address. */
    public void sendReset(String usernameOrAddress) {
        mailer.requireOn();
        mailer.later(() -> meant(usernameOrAddress)
                .forEach(user -> addresses
                        .confirmed(user)
                        .filter(address -> limiter.tryTake(RateLimit.MAIL, user.value()))
                        .ifPresent(address -> sendReset(user, address))));
    }

    private void sendReset(UserId user, String address) {
        Code code = codes.issue(user, Purpose.PASSWORD_RESET, OneTimeCodes.ANYTHING, properties.codeTtl());
        mailer.send(
                address,
                MailTemplate.passwordReset(language(user), username(user), code.value(), properties.codeTtl()));
    }

    /**
     * An address that is also somebody's username means both, so that nobody can block an owner's mail by taking an
     * address as username.
     */
    private Set<UserId> meant(String usernameOrAddress) {
        Set<UserId> meant = new LinkedHashSet<>(addresses.whose(usernameOrAddress, MOST_ACCOUNTS));
        named.find(usernameOrAddress).map(Credential::user).ifPresent(meant::add);
        return meant;
    }

    /** Sends a code to the address to be confirmed. A code that was sent to another address does not confirm it. */
    public void sendConfirmation(UserId user, String address) {
        mailer.requireOn();
        limiter.take(RateLimit.MAIL, user.value());
        addresses.ask(user, address);
        mailer.later(() -> {
            Code code = codes.issue(user, Purpose.MAIL_ADDRESS, address, properties.codeTtl());
            mailer.send(
                    address,
                    MailTemplate.mailAddress(language(user), username(user), code.value(), properties.codeTtl()));
        });
    }

    /** @throws Refused {@link Refusal#CODE_INVALID} */
    public void confirm(UserId user, String code) {
        String pending = addresses.of(user).pending();
        if (pending == null || !codes.use(user, Purpose.MAIL_ADDRESS, pending, code)) {
            throw new Refused(Refusal.CODE_INVALID);
        }
        addresses.confirm(user, pending);
    }

    private String language(UserId user) {
        return readModel.ask(new FindSettings(user), Settings.class).language();
    }

    private String username(UserId user) {
        FindUser.Profile profile = profiles.of(user);
        return profiles.view(profile).username();
    }
}

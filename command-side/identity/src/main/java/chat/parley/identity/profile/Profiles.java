package chat.parley.identity.profile;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.dispatch.ReadModelClient;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads accounts from the read side. */
public final class Profiles {
    private final ReadModelClient readModel;
    private final TextProtection protection;

    Profiles(ReadModelClient readModel, TextProtection protection) {
        this.readModel = readModel;
        this.protection = protection;
    }

    /** The profile of a user who is known to have an account, even if the account is new. */
    public FindUser.Profile of(UserId user) {
        return readModel.askSurely(new FindUser(user), FindUser.Profile.class, profile -> true);
    }

    public AccountView view(FindUser.Profile profile) {
        UserId user = profile.user();
        return new AccountView(
                user,
                name(profile.username(), TextProtection.usernameContext(user)),
                name(profile.displayName(), TextProtection.displayNameContext(user)));
    }

    /** Empty if it was erased. */
    private String name(@Nullable SealedText sealed, TextContext context) {
        return sealed == null ? "" : protection.reveal(sealed, context).orElse("");
    }

    /** @throws Refused {@link Refusal#USER_NOT_FOUND} unless all accounts exist */
    public void requireAll(Collection<UserId> users) {
        found(users, _ -> true);
    }

    /**
     * A closed account is only reported once the read side has caught up. An open account may have been closed a moment
     * ago. The caller's change then counts as made before the closing, which is why a deletion runs its steps twice.
     *
     * @throws Refused {@link Refusal#USER_NOT_FOUND} or {@link Refusal#USER_UNAVAILABLE} unless all accounts exist and
     *     are active
     */
    public void requireAllActive(Collection<UserId> users) {
        if (!found(users, Profiles::isActive).stream().allMatch(Profiles::isActive)) {
            throw new Refused(Refusal.USER_UNAVAILABLE);
        }
    }

    private static boolean isActive(FindUser.Profile profile) {
        return profile.status() == AccountStatus.ACTIVE;
    }

    private List<FindUser.Profile> found(Collection<UserId> users, Predicate<FindUser.Profile> wanted) {
        List<UserId> distinct = users.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return List.of();
        }
        FindUser.Profiles found = readModel.askSurely(
                new FindUser.Several(distinct),
                FindUser.Profiles.class,
                profiles -> profiles.profiles().size() == distinct.size()
                        && profiles.profiles().stream().allMatch(wanted));
        if (found.profiles().size() != distinct.size()) {
            throw new Refused(Refusal.USER_NOT_FOUND);
        }
        return found.profiles();
    }
}

package chat.parley.commands;

import chat.parley.api.FindUser;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.TextProtection;
import chat.parley.api.UserId;
import java.util.Collection;
import java.util.List;

/** The accounts as the read side knows them. */
final class Profiles {
    private final ReadModel readModel;
    private final TextProtection protection;

    Profiles(ReadModel readModel, TextProtection protection) {
        this.readModel = readModel;
        this.protection = protection;
    }

    /** Of somebody who is known to have an account, however new it is. */
    FindUser.Profile of(UserId user) {
        return readModel.askSurely(new FindUser(user), FindUser.Profile.class, profile -> true);
    }

    AccountView view(FindUser.Profile profile) {
        UserId user = profile.user();
        return new AccountView(
                user,
                protection
                        .reveal(profile.username(), TextProtection.usernameContext(user))
                        .orElse(""),
                protection
                        .reveal(profile.displayName(), TextProtection.displayNameContext(user))
                        .orElse(""));
    }

    /** @throws Refused {@link Refusal#USER_NOT_FOUND} unless all of them exist */
    void requireAll(Collection<UserId> users) {
        List<UserId> distinct = users.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return;
        }
        FindUser.Profiles found = readModel.askSurely(
                new FindUser.Several(distinct),
                FindUser.Profiles.class,
                profiles -> profiles.profiles().size() == distinct.size());
        if (found.profiles().size() != distinct.size()) {
            throw new Refused(Refusal.USER_NOT_FOUND);
        }
    }
}

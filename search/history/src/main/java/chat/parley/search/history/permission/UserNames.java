package chat.parley.search.history.permission;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.account.UserId;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.language.Criterion.Person;
import java.util.List;
import java.util.Optional;

/** Resolves the user names in a query. */
public final class UserNames {
    private final QueryClient readSide;

    public UserNames(QueryClient readSide) {
        this.readSide = readSide;
    }

    /**
     * Tries an id before a username, so that no user can be impersonated by a username that equals an id.
     *
     * @throws Refused {@link Refusal#USER_NOT_FOUND}
     */
    public UserId find(Person person, Searcher asker) {
        if (person.isMe()) {
            return asker.user();
        }
        return person.id()
                .flatMap(this::byId)
                .or(() -> person.username().flatMap(this::byUsername))
                .orElseThrow(() -> new Refused(Refusal.USER_NOT_FOUND));
    }

    private Optional<UserId> byId(UserId id) {
        return readSide.ask(new FindUser.Several(List.of(id)), Profiles.class).profiles().stream()
                .map(Profile::user)
                .findFirst();
    }

    private Optional<UserId> byUsername(String username) {
        return readSide.ask(new FindUser.Named(username), Profiles.class).profiles().stream()
                .map(Profile::user)
                .findFirst();
    }
}

package chat.parley.projections;

import chat.parley.api.DeviceId;
import chat.parley.api.FindBlocks;
import chat.parley.api.FindBlocks.Blocks;
import chat.parley.api.FindPeople;
import chat.parley.api.FindSettings;
import chat.parley.api.FindUser;
import chat.parley.api.FindUser.Profile;
import chat.parley.api.FindUser.Profiles;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Settings;
import chat.parley.api.SystemRole;
import chat.parley.api.TextProtection;
import chat.parley.api.UserId;
import com.mongodb.client.model.Projections;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Who people are, what they have decided and whom they have blocked. */
final class AccountQueries {
    private static final int MAX_LIMIT = 200;

    private final ReadModelAnswers answers;
    private final TextProtection protection;

    AccountQueries(ReadModelAnswers answers, TextProtection protection) {
        this.answers = answers;
        this.protection = protection;
    }

    @QueryHandler
    CompletableFuture<Profile> handle(FindUser query) {
        return answers.certain(store -> profile(query.user(), store));
    }

    private static Profile profile(UserId user, ReadModelStore store) {
        Document account = ReadModelStore.one(store.accounts(), user.value(), null);
        if (account == null) {
            throw new Refused(Refusal.USER_NOT_FOUND);
        }
        return profile(account);
    }

    @QueryHandler
    Profiles handle(FindUser.Several query) {
        return profiles(query.users());
    }

    @QueryHandler
    Profiles handle(FindPeople query) {
        People people = new People(answers.store());
        Profiles found = profiles(people.startingWith(query.usernamePrefix(), Math.clamp(query.limit(), 1, MAX_LIMIT)));
        List<UserId> erased = found.profiles().stream()
                .filter(profile -> protection
                        .reveal(profile.username(), TextProtection.usernameContext(profile.user()))
                        .isEmpty())
                .map(Profile::user)
                .toList();
        people.forget(erased);
        return new Profiles(found.profiles().stream()
                .filter(profile -> !erased.contains(profile.user()))
                .toList());
    }

    private Profiles profiles(Collection<UserId> users) {
        Map<String, Document> accounts = ReadModelStore.small(
                answers.store().accounts(),
                users.stream().map(UserId::value).distinct().toList(),
                null);
        return new Profiles(users.stream()
                .distinct()
                .<@Nullable Document>map(user -> accounts.get(user.value()))
                .filter(Objects::nonNull)
                .map(AccountQueries::profile)
                .toList());
    }

    private static Profile profile(Document account) {
        return new Profile(
                new UserId(account.getString("_id")),
                EventJson.sealed(account.getString("u")),
                EventJson.sealed(account.getString("d")),
                roles(account),
                names(account, "e").stream().map(DeviceId::new).toList());
    }

    private static Set<SystemRole> roles(Document account) {
        return names(account, "r").stream().map(SystemRole::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    /** In the order in which they came. */
    private static List<String> names(Document account, String field) {
        Document added = Docs.sub(account, field);
        return added.keySet().stream()
                .sorted(Comparator.comparingLong(name -> Docs.longOf(added, name)))
                .toList();
    }

    @QueryHandler
    Blocks handle(FindBlocks query) {
        Document account =
                ReadModelStore.one(answers.store().accounts(), query.user().value(), null);
        return new Blocks(
                account == null
                        ? List.of()
                        : names(account, "b").stream().map(UserId::new).toList());
    }

    @QueryHandler
    Settings handle(FindSettings query) {
        Document account =
                ReadModelStore.one(answers.store().accounts(), query.user().value(), Projections.include("s"));
        String settings = account == null ? null : account.getString("s");
        return settings == null ? Settings.DEFAULT : EventJson.settings(settings);
    }
}

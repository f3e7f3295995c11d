package chat.parley.projections.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindSettings;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.contact.FindBlocks.Blocks;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.Usernames;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.EventJson;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Answers queries for profiles, settings and blocks. */
public final class AccountQueries {
    private static final int MAX_LIMIT = 200;

    /**
     * Upper limit of candidates for a search. Beyond it the best ones may be missed, except an exact username, which is
     * always included.
     */
    private static final int ENOUGH_CANDIDATES = 500;

    private final ReadModelAnswers answers;
    private final TextProtection protection;
    private final KeyedHash hash;

    public AccountQueries(ReadModelAnswers answers, TextProtection protection, KeyedHash hash) {
        this.answers = answers;
        this.protection = protection;
        this.hash = hash;
    }

    @QueryHandler
    public CompletableFuture<Profile> handle(FindUser query) {
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
    public Profiles handle(FindUser.Several query) {
        return profiles(query.users());
    }

    @QueryHandler
    public Profiles handle(FindPeople query) {
        List<String> words = NameTerms.words(query.query());
        if (words.isEmpty()) {
            return new Profiles(List.of());
        }
        ReadModelStore store = answers.store();
        UserNameIndex people = new UserNameIndex(store, hash);
        Set<UserId> candidates = new LinkedHashSet<>(people.named(query.query().strip()));
        candidates.addAll(people.having(NameTerms.ofQuery(words), ENOUGH_CANDIDATES));
        List<Named> named = named(findable(candidates, query.by(), store), people);
        return profiles(named.stream()
                .filter(person -> person.hasAll(words))
                .sorted(Named.bestFirst(words))
                .limit(Math.clamp(query.limit(), 1, MAX_LIMIT))
                .map(Named::user)
                .toList());
    }

    @QueryHandler
    public Profiles handle(FindUser.Named query) {
        UserNameIndex people = new UserNameIndex(answers.store(), hash);
        String username = Usernames.fold(query.username());
        Profiles candidates = profiles(people.named(query.username()));
        return new Profiles(candidates.profiles().stream()
                .filter(profile -> profile.status() != AccountStatus.DELETED)
                .filter(profile -> username(profile).filter(username::equals).isPresent())
                .toList());
    }

    /** Folded; empty if it was erased. */
    private Optional<String> username(Profile profile) {
        return Optional.ofNullable(profile.username())
                .flatMap(name -> protection.reveal(name, TextProtection.usernameContext(profile.user())))
                .map(Usernames::fold);
    }

    /** Accounts that are active and have no block with {@code by} in either direction. */
    private static List<Document> findable(Collection<UserId> users, UserId by, ReadModelStore store) {
        Document asker = ReadModelStore.one(store.accounts(), by.value(), Projections.include("b"));
        Document blocked = asker == null ? new Document() : DocumentFields.sub(asker, "b");
        Map<String, Document> accounts = ReadModelStore.small(
                store.accounts(),
                users.stream().map(UserId::value).toList(),
                Projections.include("u", "d", "x", "b." + by));
        return accounts.values().stream()
                .filter(account -> status(account) == AccountStatus.ACTIVE)
                .filter(account -> !blocked.containsKey(account.getString("_id")))
                .filter(account -> !DocumentFields.sub(account, "b").containsKey(by.value()))
                .toList();
    }

    private List<Named> named(List<Document> accounts, UserNameIndex people) {
        List<Named> named = new ArrayList<>();
        List<UserId> erased = new ArrayList<>();
        for (Document account : accounts) {
            UserId user = new UserId(account.getString("_id"));
            Optional<String> username =
                    protection.reveal(EventJson.sealed(account.getString("u")), TextProtection.usernameContext(user));
            Optional<String> displayName = protection.reveal(
                    EventJson.sealed(account.getString("d")), TextProtection.displayNameContext(user));
            if (username.isEmpty() || displayName.isEmpty()) {
                erased.add(user);
            } else {
                named.add(new Named(user, Usernames.fold(username.get()), Usernames.fold(displayName.get())));
            }
        }
        people.forget(erased);
        return named;
    }

    /** A user with folded names. */
    private record Named(UserId user, String username, String displayName) {
        boolean hasAll(List<String> words) {
            return words.stream().allMatch(word -> username.contains(word) || displayName.contains(word));
        }

        /** By quality of the match, then name, then id, so that the order is deterministic. */
        static Comparator<Named> bestFirst(List<String> words) {
            String whole = String.join(" ", words);
            return Comparator.<Named>comparingInt(person -> person.rank(whole))
                    .thenComparing(Named::username)
                    .thenComparing(person -> person.user().value());
        }

        private int rank(String query) {
            if (username.equals(query)) {
                return 0;
            }
            if (username.startsWith(query)) {
                return 1;
            }
            return (" " + displayName).contains(" " + query) ? 2 : 3;
        }
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
                name(account, "u"),
                name(account, "d"),
                status(account),
                roles(account),
                names(account, "e").stream().map(DeviceId::new).toList());
    }

    private static @Nullable SealedText name(Document account, String field) {
        String sealed = account.getString(field);
        return sealed == null ? null : EventJson.sealed(sealed);
    }

    private static AccountStatus status(Document account) {
        String status = account.getString("x");
        return status == null ? AccountStatus.ACTIVE : AccountStatus.valueOf(status);
    }

    private static Set<SystemRole> roles(Document account) {
        return names(account, "r").stream().map(SystemRole::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the sub-fields, in the order in which they were added. */
    private static List<String> names(Document account, String field) {
        Document added = DocumentFields.sub(account, field);
        return added.keySet().stream()
                .sorted(Comparator.comparingLong(name -> DocumentFields.longOf(added, name)))
                .toList();
    }

    @QueryHandler
    public Blocks handle(FindBlocks query) {
        Document account =
                ReadModelStore.one(answers.store().accounts(), query.user().value(), null);
        return new Blocks(
                account == null
                        ? List.of()
                        : names(account, "b").stream().map(UserId::new).toList());
    }

    @QueryHandler
    public Settings handle(FindSettings query) {
        Document account =
                ReadModelStore.one(answers.store().accounts(), query.user().value(), Projections.include("s"));
        String settings = account == null ? null : account.getString("s");
        return settings == null ? Settings.DEFAULT : EventJson.settings(settings);
    }
}

package chat.parley.projections;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.Usernames;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Finds exactly the users whose names contain all words of a query, compared with a scan of all names. */
class FindingPeopleTest {
    private static final Instant AT = Instant.ofEpochMilli(1_000);
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim");
    private static final UserId ASKER = new UserId("asker");
    private static final int EVENTS = 40;
    private static final int QUERIES = 60;
    private static final List<UserId> USERS =
            IntStream.range(0, 12).mapToObj(i -> new UserId("user" + i)).toList();
    private static final List<String> PIECES = List.of(
            "김", "철수", "철", "수", "민수", "ann", "Anna", "AN", "bo", "Straße", "strasse", "e\u0301", "Ж", "山田", "ア", "(x)",
            "-", "7", "🎉");

    private record Names(String username, String displayName) {}

    private final Map<UserId, Names> names = new HashMap<>();
    private final Set<UserId> hidden = new HashSet<>();
    private final Set<UserId> deleted = new HashSet<>();
    private final Set<UserId> blocked = new HashSet<>();

    @Property(tries = 15)
    void matchesAScanOfAllNames(@ForAll Random random, @ForAll boolean inOneBatch) {
        names.clear();
        hidden.clear();
        deleted.clear();
        blocked.clear();
        ReadModelHolder model = new ReadModelHolder();
        EventHistoryFixture history = new EventHistoryFixture();
        for (int i = 0; i < EVENTS; i++) {
            happen(random, model, history);
        }
        if (inOneBatch) {
            model.write(history.events());
        } else {
            history.events().forEach(recorded -> model.write(List.of(recorded)));
        }
        for (int i = 0; i < QUERIES; i++) {
            String query = random.nextInt(3) == 0 ? piece(random) + " " + piece(random) : cut(random, name(random));
            Set<UserId> found = model.people.handle(new FindPeople(ASKER, query, 200)).profiles().stream()
                    .map(Profile::user)
                    .collect(toSet());
            assertThat(found).as("found by '%s' of %s", query, names).isEqualTo(expected(query));
        }
    }

    private void happen(Random random, ReadModelHolder model, EventHistoryFixture history) {
        UserId user = USERS.get(random.nextInt(USERS.size()));
        Names before = names.get(user);
        if (before == null) {
            Names first = new Names(name(random).replace(" ", ""), name(random));
            names.put(user, first);
            history.add(new AccountRegistered(
                    user, CLAIM, username(model, user, first), displayName(model, user, first), AT));
            return;
        }
        if (deleted.contains(user)) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                Names now = new Names(before.username(), name(random));
                names.put(user, now);
                history.add(new ProfileChanged(user, displayName(model, user, now), AT));
            }
            case 2 -> {
                Names now = new Names(name(random).replace(" ", ""), before.displayName());
                names.put(user, now);
                history.add(new UsernameChanged(user, CLAIM, username(model, user, now), AT));
            }
            case 3 -> {
                hidden.add(user);
                history.add(new AccountDeactivated(user, AT));
            }
            case 4 -> {
                hidden.remove(user);
                history.add(new AccountReactivated(user, AT));
            }
            case 5 -> {
                if (random.nextInt(3) == 0) {
                    deleted.add(user);
                    history.add(new AccountDeleted(user, AT));
                }
            }
            case 6 -> {
                blocked.add(user);
                history.add(new UserBlocked(user, ASKER, AT));
            }
            default -> {
                blocked.remove(user);
                history.add(new UserUnblocked(user, ASKER, AT));
            }
        }
    }

    private Set<UserId> expected(String query) {
        String[] words = Usernames.fold(query).strip().split("\\s+");
        return names.entrySet().stream()
                .filter(person -> Stream.of(hidden, deleted, blocked).noneMatch(who -> who.contains(person.getKey())))
                .filter(person -> Arrays.stream(words).allMatch(word -> has(person.getValue(), word)))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private static boolean has(Names person, String word) {
        return !word.isEmpty()
                && (has(Usernames.fold(person.username()), word) || has(Usernames.fold(person.displayName()), word));
    }

    /** A single letter matches beginnings of words; in scripts with short words, any character. */
    private static boolean has(String name, String word) {
        int letter = word.codePointAt(0);
        boolean anywhere = word.codePointCount(0, word.length()) > 1
                || !Character.isLetterOrDigit(letter)
                || Character.isIdeographic(letter)
                || "김철수민ア".contains(word);
        if (anywhere) {
            return name.contains(word);
        }
        for (int at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(name.codePointBefore(at))) {
                return true;
            }
        }
        return false;
    }

    private static SealedText username(ReadModelHolder model, UserId user, Names names) {
        return model.text.seal(user, names.username(), TextProtection.usernameContext(user));
    }

    private static SealedText displayName(ReadModelHolder model, UserId user, Names names) {
        return model.text.seal(user, names.displayName(), TextProtection.displayNameContext(user));
    }

    private static String name(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> piece(random))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }

    private static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    /** A random part of a name, in whole characters. */
    private static String cut(Random random, String name) {
        int[] characters = Usernames.fold(name).codePoints().toArray();
        int from = random.nextInt(characters.length);
        return new String(characters, from, 1 + random.nextInt(characters.length - from));
    }
}

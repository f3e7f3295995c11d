package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.FindPeople;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.TextRules;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.language.CharacterClasses;
import chat.parley.search.history.language.Operator;
import chat.parley.search.history.language.PrefixCompletions;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.query.Page.Found;
import chat.parley.search.history.query.SuggestView.Kind;
import chat.parley.search.history.query.SuggestView.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Completes a query that is being typed. Words are taken only from messages that the user may read now, never from
 * statistics of the whole index.
 */
final class Suggestions {
    /** Number of the newest messages from which words are taken. */
    private static final int LOOKED_AT = 50;

    private static final int MOST_HITS = 5;

    private static final PageRequest NEWEST = new PageRequest(SearchOrder.NEWEST, LOOKED_AT, List.of(), false, false);

    private static final String NOT = "-";
    private static final String AT = "@";
    private static final Set<Operator> OF_PEOPLE = Set.of(Operator.FROM, Operator.MENTIONS);

    private final SearchPlanner planner;
    private final HistorySearch history;
    private final QueryClient readSide;
    private final TextProtection protection;

    Suggestions(SearchPlanner planner, HistorySearch history, QueryClient readSide, TextProtection protection) {
        this.planner = planner;
        this.history = history;
        this.readSide = readSide;
        this.protection = protection;
    }

    /**
     * @param typed        a query whose last word is unfinished unless a blank follows it
     * @param conversation null for all conversations
     * @throws Refused the refusals of {@link SearchPlanner#plan} and {@link SearchPlanner#asked}
     */
    SuggestView of(Searcher asker, String typed, @Nullable String zone, @Nullable String conversation, int limit) {
        if (typed.codePointCount(0, typed.length()) > QueryParser.MOST_CHARACTERS) {
            throw new Refused(Refusal.QUERY_TOO_LONG);
        }
        String query = CharacterClasses.normalised(typed);
        String last = query.substring(query.lastIndexOf(' ') + 1);
        boolean isFinished = typed.isEmpty() || CharacterClasses.isBlank(typed.codePointBefore(typed.length()));
        String finished = isFinished ? query : query.substring(0, query.length() - last.length());
        SearchRequest question = SearchRequest.of(finished, zone, conversation, null, null, null, null);
        if (isFinished || TextRules.isBlank(last)) {
            return new SuggestView(List.of(), List.of());
        }
        boolean excludes = last.startsWith(NOT) && last.length() > 1 && Character.isLetter(last.codePointAt(1));
        String word = excludes ? last.substring(NOT.length()) : last;
        String before = excludes ? finished + NOT : finished;
        int name = word.indexOf(Operator.COLON) + 1;
        boolean isOfAPerson = name > 0
                && Operator.named(word.substring(0, name - 1))
                        .filter(OF_PEOPLE::contains)
                        .isPresent();
        return isOfAPerson
                ? new SuggestView(
                        people(asker, before + word.substring(0, name), word.substring(name), limit), List.of())
                : words(asker, question, before, word, limit);
    }

    private List<Suggestion> people(Searcher asker, String before, String name, int limit) {
        String at = name.startsWith(AT) ? AT : "";
        String called = name.substring(at.length());
        if (called.isEmpty()) {
            return List.of();
        }
        return readSide.ask(new FindPeople(asker.user(), called, limit), Profiles.class).profiles().stream()
                .flatMap(profile -> username(profile).stream())
                .map(username -> new Suggestion(Kind.PERSON, username, before + at + username))
                .toList();
    }

    private Optional<String> username(Profile profile) {
        return Optional.ofNullable(profile.username())
                .flatMap(name -> protection.reveal(name, TextProtection.usernameContext(profile.user())));
    }

    private SuggestView words(Searcher asker, SearchRequest question, String before, String word, int limit) {
        PrefixCompletions beginnings = new PrefixCompletions(word);
        List<Found> found = new ArrayList<>();
        for (Found message : newest(planner.beginning(asker, question, word))) {
            beginnings.add(message.text());
            if (found.size() < MOST_HITS && beginnings.isIn(message.text())) {
                found.add(message);
            }
        }
        Stream<Suggestion> words =
                beginnings.best(limit).stream().map(each -> new Suggestion(Kind.WORD, each, before + each));
        return new SuggestView(
                Stream.concat(words, operators(before, word)).limit(limit).toList(),
                found.stream().map(SearchView.Hit::of).toList());
    }

    private List<Found> newest(SearchPlan plan) {
        String pointInTime = history.open(plan);
        try {
            return history.page(plan, pointInTime, NEWEST).hits();
        } finally {
            history.close(pointInTime);
        }
    }

    /** Operators come last, because they are always the same. */
    private static Stream<Suggestion> operators(String before, String word) {
        String beginning = word.toLowerCase(Locale.ROOT);
        return Arrays.stream(Operator.values())
                .map(operator -> operator.operatorName() + Operator.COLON)
                .filter(operator -> operator.startsWith(beginning))
                .map(operator -> new Suggestion(Kind.OPERATOR, operator, before + operator));
    }
}

package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.language.Criterion.In;
import chat.parley.search.history.language.Criterion.Was;
import chat.parley.search.history.language.ParsedQuery;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.language.Times;
import chat.parley.search.history.language.Translation;
import chat.parley.search.history.permission.People;
import chat.parley.search.history.permission.Permission;
import chat.parley.search.history.permission.PermissionFilter;
import chat.parley.search.history.permission.ReadSide;
import chat.parley.search.history.permission.Searcher;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Understands questions, decides who may ask them, and says them to Elasticsearch with what the asker may see in it. */
public final class Planner {
    private final ReadSide readSide;
    private final People people;
    private final EventFeed feed;
    private final Aliases aliases;

    Planner(ReadSide readSide, People people, EventFeed feed, Aliases aliases) {
        this.readSide = readSide;
        this.people = people;
        this.feed = feed;
        this.aliases = aliases;
    }

    /**
     * @throws Refused {@link Refusal#QUERY_INVALID}, {@link Refusal#QUERY_TOO_LONG}, or {@link Refusal#FORBIDDEN} where
     *                 its scope needs a role
     */
    public Plan plan(Searcher asker, SearchRequest question) {
        String text = question.text();
        ParsedQuery query =
                text == null ? ParsedQuery.empty(question.zone()) : QueryParser.parse(text, question.zone());
        if (question.isEmpty()) {
            throw new Refused(Refusal.QUERY_INVALID, "Ask for something: in q, or with a filter");
        }
        boolean everything = question.scope() == null ? asker.isAnalyst() : question.scope() == Scope.ALL;
        if (everything && !asker.isAnalyst()) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        boolean mayMeanThat = !query.looksIntoThePast() || (everything && asker.isInvestigator());
        return mayMeanThat
                ? new Plan(asker, question, query, everything, indexes(query, everything), null)
                : new Plan(
                        asker,
                        question,
                        query.quoted(),
                        everything,
                        indexes(query.quoted(), everything),
                        Refusal.FORBIDDEN);
    }

    /**
     * What a member may read that has a word which begins like this, and what is asked for beside it.
     *
     * @throws Refused as {@link #plan}
     */
    Plan beginning(Searcher member, SearchRequest question, String word) {
        ParsedQuery before = question.text() == null
                ? ParsedQuery.empty(question.zone())
                : QueryParser.parse(question.text(), question.zone());
        ParsedQuery query = (before.looksIntoThePast() ? before.quoted() : before).andBeginning(word);
        return new Plan(member, question, query, false, indexes(query, false), null);
    }

    private List<String> indexes(ParsedQuery query, boolean everything) {
        if (query.wanted(Was.class).findAny().isPresent()) {
            return List.of(aliases.past());
        }
        // Who has left reads texts as they stood then.
        return query.looksIntoThePast() || !everything
                ? List.of(aliases.messages(), aliases.past())
                : List.of(aliases.messages());
    }

    /**
     * What the asker may see at this moment. What is searched has to be opened before this is called: then no message is
     * in it of which it is not known whether the asker was still there.
     *
     * @throws Refused {@link Refusal#NOT_A_MEMBER} of the conversation that was named beside the query, or
     *                 {@link Refusal#RETRY_LATER} where the read side did not answer
     */
    Permission permission(Plan plan) {
        UserId asker = plan.asker().user();
        if (plan.everything()) {
            return new Permission(asker, true, Map.of());
        }
        Permission permission = new Permission(
                asker,
                false,
                readSide.ask(new FindMemberships(asker, feed.head()), Memberships.class).memberships().stream()
                        .collect(Collectors.toMap(Membership::conversation, Membership::visibility)));
        ConversationId named = plan.question().conversation();
        if (named != null && !permission.seesAnyOf(named)) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return permission;
    }

    /**
     * What the plan asks, confined to what the asker may see at this moment.
     *
     * @throws Refused as {@link #permission}
     */
    public TranslatedQuery asked(Plan plan) {
        return asked(plan, permission(plan));
    }

    /**
     * What the plan asks, confined to what the asker may see.
     *
     * @throws Refused {@link Refusal#RETRY_LATER} where the read side did not answer
     */
    TranslatedQuery asked(Plan plan, Permission permission) {
        TranslatedQuery meaning = meaning(plan, permission);
        BoolQuery.Builder all = new BoolQuery.Builder()
                .must(meaning.query())
                .filter(Query.of(
                        query -> query.term(term -> term.field(Fields.RETRACTED).value(false))));
        if (!permission.everything()) {
            all.filter(PermissionFilter.of(permission));
        }
        addParameters(all, plan.question());
        return new TranslatedQuery(all.build()._toQuery(), meaning.unmet());
    }

    private TranslatedQuery meaning(Plan plan, Permission permission) {
        ParsedQuery query = plan.query();
        if (!query.wanted(In.class).map(In::conversation).allMatch(permission::seesAnyOf)) {
            return new TranslatedQuery(Translation.quotation(query), Refusal.NOT_A_MEMBER);
        }
        try {
            return new TranslatedQuery(
                    Translation.of(query, person -> people.find(person, plan.asker())), plan.unmet());
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.USER_NOT_FOUND) {
                throw refused;
            }
            return new TranslatedQuery(Translation.quotation(query), Refusal.USER_NOT_FOUND);
        }
    }

    /** Of a message as the asker sees it: the entry that made its present text; empty where it is retracted for them. */
    public OptionalLong version(Permission permission, ConversationId conversation, long position) {
        Entries entries = readSide.ask(
                new FindEntries(permission.asker(), conversation, position - 1, null, null, 1, null), Entries.class);
        return entries.entries().stream()
                .filter(entry -> entry.position() == position && entry.retractedBy() == null)
                .mapToLong(entry -> entry.editedBy() == null ? position : entry.editedBy())
                .findFirst();
    }

    private static void addParameters(BoolQuery.Builder all, SearchRequest question) {
        ZoneId zone = question.zone();
        if (question.conversation() != null) {
            all.filter(Translation.term(
                    Fields.CONVERSATION, question.conversation().value()));
        }
        if (question.sender() != null) {
            all.filter(Translation.term(Fields.SENDER, question.sender().value()));
        }
        if (question.from() != null) {
            all.filter(Translation.notBefore(Fields.AT, Times.start(question.from(), zone)));
        }
        if (question.to() != null) {
            all.filter(Translation.before(Fields.AT, Times.end(question.to(), zone)));
        }
    }
}

package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.language.Criterion.In;
import chat.parley.search.history.language.Criterion.Was;
import chat.parley.search.history.language.ParsedQuery;
import chat.parley.search.history.language.QueryParser;
import chat.parley.search.history.language.QueryTranslator;
import chat.parley.search.history.language.TimeExpressions;
import chat.parley.search.history.permission.Permission;
import chat.parley.search.history.permission.PermissionFilter;
import chat.parley.search.history.permission.Searcher;
import chat.parley.search.history.permission.UserNames;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parses and authorises search requests, and builds their Elasticsearch queries, confined to what the user may see.
 */
public final class SearchPlanner {
    private static final Searcher NOBODY = new Searcher(new UserId("nobody"), Set.of(SystemRole.INVESTIGATOR));

    private final QueryClient readSide;
    private final UserNames people;
    private final EventFeed feed;
    private final IndexAliases aliases;

    SearchPlanner(QueryClient readSide, UserNames people, EventFeed feed, IndexAliases aliases) {
        this.readSide = readSide;
        this.people = people;
        this.feed = feed;
        this.aliases = aliases;
    }

    /**
     * @throws Refused {@link Refusal#QUERY_INVALID}, {@link Refusal#QUERY_TOO_LONG}, or {@link Refusal#FORBIDDEN} if
     * the scope needs a role that the user does not have
     */
    public SearchPlan plan(Searcher asker, SearchRequest question) {
        String text = question.text();
        ParsedQuery query =
                text == null ? ParsedQuery.empty(question.zone()) : QueryParser.parse(text, question.zone());
        if (question.isEmpty()) {
            throw new Refused(Refusal.QUERY_INVALID, "q is required unless there is a filter");
        }
        boolean everything = question.scope() == null ? asker.isAnalyst() : question.scope() == SearchScope.ALL;
        if (everything && !asker.isAnalyst()) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        boolean mayMeanThat = !query.looksIntoThePast() || (everything && asker.isInvestigator());
        return mayMeanThat
                ? new SearchPlan(asker, question, query, everything, indexes(query, everything), null)
                : new SearchPlan(
                        asker,
                        question,
                        query.quoted(),
                        everything,
                        indexes(query.quoted(), everything),
                        Refusal.FORBIDDEN);
    }

    /**
     * A plan for the readable messages with a word of this prefix that satisfy the rest of the request.
     *
     * @throws Refused as {@link #plan}
     */
    SearchPlan beginning(Searcher member, SearchRequest question, String word) {
        ParsedQuery before = question.text() == null
                ? ParsedQuery.empty(question.zone())
                : QueryParser.parse(question.text(), question.zone());
        ParsedQuery query = (before.looksIntoThePast() ? before.quoted() : before).andBeginning(word);
        return new SearchPlan(member, question, query, false, indexes(query, false), null);
    }

    /**
     * A plan for the whole history with all past texts, for what no analyst asks for. Nobody is meant by {@code me}.
     *
     * @throws Refused as {@link #plan}
     */
    public SearchPlan everyText(String query) {
        SearchRequest question = SearchRequest.of(query, null, null, null, null, null, SearchScope.ALL);
        SearchPlan plan = plan(NOBODY, question);
        List<String> indexes =
                plan.indexes().contains(aliases.past()) ? plan.indexes() : List.of(aliases.messages(), aliases.past());
        return new SearchPlan(NOBODY, question, plan.query(), true, indexes, plan.unmet());
    }

    private List<String> indexes(ParsedQuery query, boolean everything) {
        if (query.wanted(Was.class).findAny().isPresent()) {
            return List.of(aliases.past());
        }
        // A former member reads the texts that were current then.
        return query.looksIntoThePast() || !everything
                ? List.of(aliases.messages(), aliases.past())
                : List.of(aliases.messages());
    }

    /**
     * The user's permission at this moment. The point in time has to be opened before; then it contains no message that
     * is newer than the permission.
     *
     * @throws Refused {@link Refusal#NOT_A_MEMBER} for the conversation named beside the query, or {@link
     * Refusal#RETRY_LATER} if the read side did not answer
     */
    Permission permission(SearchPlan plan) {
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
     * The plan's query, confined to what the user may see at this moment.
     *
     * @throws Refused as {@link #permission}
     */
    public ElasticsearchQuery asked(SearchPlan plan) {
        return asked(plan, permission(plan));
    }

    /**
     * The plan's query, confined to this permission.
     *
     * @throws Refused {@link Refusal#RETRY_LATER} if the read side did not answer
     */
    ElasticsearchQuery asked(SearchPlan plan, Permission permission) {
        ElasticsearchQuery meaning = meaning(plan, permission);
        // Neither tombstones nor erased messages have a text.
        BoolQuery.Builder all = new BoolQuery.Builder()
                .must(meaning.query())
                .filter(Query.of(query -> query.exists(exists -> exists.field(Fields.TEXT))));
        if (!permission.everything()) {
            all.filter(PermissionFilter.of(permission));
        }
        addParameters(all, plan.question());
        return new ElasticsearchQuery(all.build()._toQuery(), meaning.unmet());
    }

    private ElasticsearchQuery meaning(SearchPlan plan, Permission permission) {
        ParsedQuery query = plan.query();
        if (!query.wanted(In.class).map(In::conversation).allMatch(permission::seesAnyOf)) {
            return new ElasticsearchQuery(QueryTranslator.quotation(query), Refusal.NOT_A_MEMBER);
        }
        try {
            return new ElasticsearchQuery(
                    QueryTranslator.of(query, person -> people.find(person, plan.asker())), plan.unmet());
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.USER_NOT_FOUND) {
                throw refused;
            }
            return new ElasticsearchQuery(QueryTranslator.quotation(query), Refusal.USER_NOT_FOUND);
        }
    }

    /**
     * Position of the entry that the user's current text of a message comes from; empty if it is retracted for the
     * user.
     */
    OptionalLong version(Permission permission, ConversationId conversation, long position) {
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
            all.filter(QueryTranslator.term(
                    Fields.CONVERSATION, question.conversation().value()));
        }
        if (question.sender() != null) {
            all.filter(QueryTranslator.term(Fields.SENDER, question.sender().value()));
        }
        if (question.from() != null) {
            all.filter(QueryTranslator.notBefore(Fields.AT, TimeExpressions.start(question.from(), zone)));
        }
        if (question.to() != null) {
            all.filter(QueryTranslator.before(Fields.AT, TimeExpressions.end(question.to(), zone)));
        }
    }
}

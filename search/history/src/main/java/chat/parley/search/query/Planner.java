package chat.parley.search.query;

import chat.parley.api.EventFeed;
import chat.parley.api.FindMemberships;
import chat.parley.api.Membership;
import chat.parley.api.Memberships;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.index.Fields;
import chat.parley.search.query.Criterion.Was;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.time.ZoneId;
import java.util.List;

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
     *                 it needs a role
     */
    public Plan plan(Asker asker, Question question) {
        String text = question.text();
        ParsedQuery query =
                text == null ? new ParsedQuery(List.of(), question.zone()) : QueryParser.parse(text, question.zone());
        if (question.isEmpty()) {
            throw new Refused(Refusal.QUERY_INVALID, "Ask for something: in q, or with a filter");
        }
        boolean everything = question.scope() == null ? asker.isAnalyst() : question.scope() == Scope.ALL;
        boolean allowed =
                query.looksIntoThePast() ? everything && asker.isInvestigator() : !everything || asker.isAnalyst();
        if (!allowed) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        return new Plan(asker, question, query, everything, indexes(query));
    }

    private List<String> indexes(ParsedQuery query) {
        if (query.wanted(Was.class).findAny().isPresent()) {
            return List.of(aliases.past());
        }
        return query.looksIntoThePast() ? List.of(aliases.messages(), aliases.past()) : List.of(aliases.messages());
    }

    /**
     * What the plan asks, confined to what the asker may see at this moment. What is searched has to be opened before
     * this is called: then no message is in it of which it is not known whether the asker was still there.
     *
     * @throws Refused {@link Refusal#NOT_A_MEMBER}, {@link Refusal#USER_NOT_FOUND}, or {@link Refusal#RETRY_LATER} where
     *                 the read side did not answer
     */
    public Query query(Plan plan) {
        BoolQuery.Builder all = new BoolQuery.Builder()
                .must(Translation.of(plan.query(), person -> people.find(person, plan.asker())))
                .filter(Query.of(
                        query -> query.term(term -> term.field(Fields.RETRACTED).value(false))));
        if (!plan.everything()) {
            all.filter(visible(plan));
        }
        addParameters(all, plan.question());
        return all.build()._toQuery();
    }

    private Query visible(Plan plan) {
        List<Membership> memberships = readSide.ask(
                        new FindMemberships(plan.asker().user(), feed.head()), Memberships.class)
                .memberships();
        if (!plan.conversations().stream()
                .allMatch(conversation -> PermissionFilter.seesAny(memberships, conversation))) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return PermissionFilter.of(memberships);
    }

    private static void addParameters(BoolQuery.Builder all, Question question) {
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

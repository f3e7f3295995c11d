package chat.parley.retention.hold;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.search.FindHits;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.eventprocessing.query.QueryClient;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;

/** Finds out what a hold is about to hold. */
final class HeldScopes {
    /** So many hits take about 10 MB. A hold on more has to name its conversations. */
    private static final int MAX_HITS = 100_000;

    private final ReadModelClient readModel;
    private final QueryClient queries;
    private final EntryLookup entries;

    HeldScopes(ReadModelClient readModel, @Qualifier("retentionQueries") QueryClient queries, EntryLookup entries) {
        this.readModel = readModel;
        this.queries = queries;
        this.entries = entries;
    }

    /** Users and conversations, each once. */
    record Scope(List<UserId> users, List<ConversationId> conversations) {
        boolean isEmpty() {
            return users.isEmpty() && conversations.isEmpty();
        }
    }

    /**
     * A mistyped id would hold nothing and nobody would notice.
     *
     * @throws Refused {@link Refusal#USER_NOT_FOUND} or {@link Refusal#CONVERSATION_NOT_FOUND}
     */
    Scope named(List<UserId> users, List<ConversationId> conversations) {
        Scope scope = new Scope(
                users.stream().distinct().toList(),
                conversations.stream().distinct().toList());
        if (!scope.users().isEmpty()) {
            int found = readModel
                    .askSurely(
                            new FindUser.Several(scope.users()),
                            FindUser.Profiles.class,
                            profiles ->
                                    profiles.profiles().size() == scope.users().size())
                    .profiles()
                    .size();
            if (found != scope.users().size()) {
                throw new Refused(Refusal.USER_NOT_FOUND);
            }
        }
        if (scope.conversations().stream()
                .anyMatch(conversation -> entries.find(conversation, 1).isEmpty())) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        return scope;
    }

    /**
     * The authors and the conversations of everything that a query finds now.
     *
     * @throws Refused as search refuses
     */
    Scope found(String query) {
        TextRules.requireQuery(query);
        List<FindHits.Hit> hits =
                queries.ask(new FindHits(query, MAX_HITS), FindHits.Hits.class).hits();
        return new Scope(
                hits.stream().map(FindHits.Hit::author).distinct().toList(),
                hits.stream().map(FindHits.Hit::conversation).distinct().toList());
    }
}

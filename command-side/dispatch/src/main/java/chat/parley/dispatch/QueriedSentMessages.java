package chat.parley.dispatch;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindSentMessage;
import chat.parley.api.port.SentMessages;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the read side on any node. While the read side does not answer, no message counts as sent before. */
final class QueriedSentMessages implements SentMessages {
    private static final Logger LOG = LoggerFactory.getLogger(QueriedSentMessages.class);
    private static final long TIMEOUT_SECONDS = 2;

    private final QueryGateway queries;

    QueriedSentMessages(QueryGateway queries) {
        this.queries = queries;
    }

    @Override
    public Lookup find(ConversationId conversation, UserId sender, ClientMessageId id, long throughPosition) {
        FindSentMessage.Answer answer;
        try {
            answer = queries.query(
                            new FindSentMessage(conversation, sender, id, throughPosition),
                            FindSentMessage.Answer.class)
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("The read side did not say whether a message of {} was sent before", conversation, e.getCause());
            return new NotYetKnown();
        }
        if (!answer.known()) {
            return new NotYetKnown();
        }
        return answer.position() == 0
                ? new NeverSent()
                : new Sent(
                        answer.position(),
                        Objects.requireNonNull(answer.at()),
                        Objects.requireNonNull(answer.contentHash()));
    }
}

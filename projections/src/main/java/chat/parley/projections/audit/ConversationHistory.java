package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.audit.Moment;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Follows one conversation from moment to moment. Each event is read and folded once. */
final class ConversationHistory {
    private final StoredHistory.Log log;
    private final PastConversation past;
    /** What was read of the members' read marks and lies after the last moment. */
    private final Map<UserId, List<RecordedEvent>> laterMarks = new HashMap<>();

    private Instant end = Instant.MIN;

    ConversationHistory(StoredHistory.Log log) {
        this.log = log;
        this.past = log.beginning();
    }

    /**
     * The conversation at a moment that is not before the last one.
     *
     * @throws Refused {@link Refusal#POSITION_NOT_FOUND}, or {@link Refusal#INVALID_PARAMETER} if the moment is
     * before the last one, or both a position and a time
     */
    State at(Moment moment) {
        if (moment.position() != null && moment.at() != null) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
        requireNotBefore(past.head() > 0 && !moment.includes(past.head(), past.at()));
        log.readTo(moment, past);
        Instant until = moment.end(past.at());
        requireNotBefore(until.isBefore(end));
        end = until;
        past.members().forEach(this::applyMarks);
        return past.state();
    }

    private static void requireNotBefore(boolean isBefore) {
        if (isBefore) {
            throw new Refused(Refusal.INVALID_PARAMETER);
        }
    }

    private void applyMarks(UserId user) {
        Iterator<RecordedEvent> marks = laterMarks
                .computeIfAbsent(user, unread -> new ArrayList<>(log.readMarks(unread)))
                .iterator();
        while (marks.hasNext()) {
            RecordedEvent recorded = marks.next();
            ReadMarkEvent mark = (ReadMarkEvent) recorded.payload();
            if (!mark.at().isAfter(end)) {
                past.apply(recorded, mark);
                marks.remove();
            }
        }
    }

    /** The conversation at the last moment. */
    PastConversation last() {
        return past;
    }
}

package chat.parley.retention.expiry;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextKeys;
import chat.parley.api.port.TextKeys.OldestKey;
import chat.parley.api.retention.FindParticipants;
import chat.parley.api.retention.RetentionCommand.ExpireTexts;
import chat.parley.api.retention.RetentionRule;
import chat.parley.api.retention.RetentionState;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.retention.decision.Decisions;
import chat.parley.retention.expiry.ExpiryTable.Expiry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Finds conversations with texts past their age and destroys the keys of those texts. Several nodes may do so at the
 * same time, because a repeated step changes nothing. For each conversation:
 *
 * <ol>
 *   <li>A row in the vault says that texts are about to expire. After a crash the steps are repeated because of it.
 *   <li>The aggregate that knows all holds and rules decides, with everybody who was ever a member.
 *   <li>The keys are destroyed.
 *   <li>The row says that it is done. A conversation in which nobody wrote since then is not looked at again.
 * </ol>
 */
public final class ExpiryRounds {
    private static final Logger log = LoggerFactory.getLogger(ExpiryRounds.class);

    private static final int PAGE = 500;

    private final TextKeys keys;
    private final Decisions decisions;
    private final QueryClient queries;
    private final TextFinder texts;
    private final ExpiryTable table;
    private final Clock clock;

    ExpiryRounds(
            TextKeys keys,
            Decisions decisions,
            @Qualifier("retentionQueries") QueryClient queries,
            TextFinder texts,
            ExpiryTable table,
            Clock clock) {
        this.keys = keys;
        this.decisions = decisions;
        this.queries = queries;
        this.texts = texts;
        this.table = table;
        this.clock = clock;
    }

    /** Finishes what is open, then looks for what is due. */
    public void run() {
        table.open(PAGE).forEach(this::attempt);
        Days days = new Days(decisions.state());
        LocalDate latest = days.latest(clock.instant());
        if (latest == null) {
            return;
        }
        List<OldestKey> page;
        ConversationId after = null;
        do {
            page = keys.keptBefore(latest, after, PAGE);
            Map<ConversationId, LocalDate> done =
                    table.done(page.stream().map(OldestKey::conversation).toList());
            page.forEach(
                    oldest -> due(oldest, days, done.get(oldest.conversation())).ifPresent(this::attempt));
            after = page.isEmpty() ? null : page.getLast().conversation();
        } while (page.size() == PAGE);
    }

    /** What is past its age in this conversation, if anything is. */
    private Optional<Expiry> due(OldestKey oldest, Days days, @Nullable LocalDate done) {
        ConversationId conversation = oldest.conversation();
        LocalDate before = days.cutoff(conversation, clock.instant());
        LocalDate from = done == null || done.isBefore(oldest.day()) ? oldest.day() : done;
        if (before == null || !from.isBefore(before)) {
            return Optional.empty();
        }
        Expiry expiry = new Expiry(conversation, before);
        if (texts.hasText(conversation, start(from), start(before))) {
            table.open(expiry);
            return Optional.of(expiry);
        }
        table.done(expiry);
        return Optional.empty();
    }

    /** A conversation whose texts cannot expire now must not stop the others. */
    private void attempt(Expiry expiry) {
        try {
            expire(expiry);
        } catch (RuntimeException failed) {
            log.warn(
                    "Texts of {} from before {} have not expired ({}); the next round tries it again",
                    expiry.conversation(),
                    expiry.before(),
                    Refused.in(failed).map(Refusal::code).orElseGet(() -> ExceptionSummary.describe(failed)));
        }
    }

    private void expire(Expiry expiry) {
        List<UserId> members = queries.ask(
                        new FindParticipants(expiry.conversation()), FindParticipants.Participants.class)
                .users();
        try {
            decisions.send(new ExpireTexts(expiry.conversation(), start(expiry.before()), members));
        } catch (Refused refused) {
            if (refused.refusal() != Refusal.ON_HOLD && refused.refusal() != Refusal.INVALID_PARAMETER) {
                throw refused;
            }
            table.forget(expiry);
            return;
        }
        keys.destroyBefore(expiry.conversation(), expiry.before());
        table.done(expiry);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The rules, by conversation. */
    private static final class Days {
        private final Map<ConversationId, Integer> own = new HashMap<>();
        private @Nullable Integer ofAll;

        Days(RetentionState state) {
            for (RetentionRule rule : state.rules()) {
                if (rule.conversation() == null) {
                    ofAll = rule.days();
                } else {
                    own.put(rule.conversation(), rule.days());
                }
            }
        }

        /** The day in UTC before which the conversation's texts expire; null if they are kept for ever. */
        @Nullable
        LocalDate cutoff(ConversationId conversation, Instant now) {
            Integer days = own.getOrDefault(conversation, ofAll);
            return days == null ? null : day(days, now);
        }

        /** The latest of all such days; null if there is no rule. */
        @Nullable
        LocalDate latest(Instant now) {
            Optional<Integer> least = own.values().stream().min(Integer::compare);
            if (least.isEmpty() || (ofAll != null && ofAll < least.get())) {
                return ofAll == null ? null : day(ofAll, now);
            }
            return day(least.get(), now);
        }

        private static LocalDate day(int days, Instant now) {
            return LocalDate.ofInstant(RetentionRule.cutoff(days, now), ZoneOffset.UTC);
        }
    }
}

package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;
import static java.util.Objects.requireNonNull;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.Hold;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand;
import chat.parley.api.retention.RetentionCommand.AskRetention;
import chat.parley.api.retention.RetentionCommand.ChangeRetentionRule;
import chat.parley.api.retention.RetentionCommand.ExpireTexts;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.api.retention.RetentionCommand.PlaceHold;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldLifted;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.retention.RetentionRule;
import chat.parley.api.retention.RetentionState;
import chat.parley.api.text.TextRules;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be destroyed. There is one, so that a hold and an erasure have an order: whatever is ordered after a
 * hold was placed is refused.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class Retention {
    static final int MAX_HOLDS = 10_000;

    /** Users and conversations of one hold; an event of so many is about 500 KB. */
    static final int MAX_HELD_AT_ONCE = 10_000;

    /** Users and conversations of all holds, which every decision is compared with. */
    static final int MAX_HELD = 100_000;

    static final int MAX_RULES = 10_000;

    static final int MAX_DAYS = 36_500;

    /** Decisions that are remembered, so that a process that repeats one after a crash stores no second event. */
    static final int REMEMBERED = 100;

    /** {@link RetentionCommand#AGGREGATE}. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable String id;

    // The declared types are concrete because snapshots are deserialised into them: oldest first.
    private LinkedHashMap<HoldId, Hold> holds = new LinkedHashMap<>();
    private LinkedHashMap<ConversationId, RetentionRule> rules = new LinkedHashMap<>();
    private @Nullable RetentionRule ruleOfAll;
    private LinkedHashSet<UserId> ordered = new LinkedHashSet<>();
    private LinkedHashMap<ConversationId, Instant> expired = new LinkedHashMap<>();
    private long atMillis;

    Retention() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PlaceHold command, Clock clock, TextProtection protection) {
        requireReason(command.reason());
        if (command.query() != null) {
            TextRules.requireQuery(command.query());
        }
        List<UserId> users = command.users().stream().distinct().toList();
        List<ConversationId> conversations =
                command.conversations().stream().distinct().toList();
        Hold inForce = holds.get(command.hold());
        if (inForce != null) {
            require(isSame(inForce, command, protection), Refusal.HOLD_EXISTS);
            return;
        }
        int size = users.size() + conversations.size();
        require(size > 0, Refusal.INVALID_PARAMETER);
        require(
                holds.size() < MAX_HOLDS && size <= MAX_HELD_AT_ONCE && held() + size <= MAX_HELD,
                Refusal.LIMIT_EXCEEDED);
        Instant now = now(clock);
        SealedText query = command.query() == null
                ? null
                : sealed(protection, command.by(), command.query(), RetentionEvent.HOLD_QUERY, now);
        AggregateLifecycle.apply(new HoldPlaced(
                command.hold(),
                users,
                conversations,
                query,
                sealed(protection, command.by(), command.reason(), RetentionEvent.HOLD_REASON, now),
                command.by(),
                now));
    }

    /** A search finds more every day, so a hold on it is compared by its query. */
    private static boolean isSame(Hold hold, PlaceHold command, TextProtection protection) {
        boolean sameScope = command.query() == null
                ? hold.query() == null
                        && Set.copyOf(hold.users()).equals(new HashSet<>(command.users()))
                        && Set.copyOf(hold.conversations()).equals(new HashSet<>(command.conversations()))
                : hold.query() != null
                        && reads(hold.query(), command.query(), hold, RetentionEvent.HOLD_QUERY, protection);
        return sameScope
                && hold.by().equals(command.by())
                && reads(hold.reason(), command.reason(), hold, RetentionEvent.HOLD_REASON, protection);
    }

    private static boolean reads(SealedText sealed, String text, Hold hold, String field, TextProtection protection) {
        return protection
                .reveal(sealed, TextProtection.auditContext(hold.by(), field, hold.at()))
                .equals(Optional.of(text));
    }

    private int held() {
        return holds.values().stream()
                .mapToInt(hold -> hold.users().size() + hold.conversations().size())
                .sum();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(LiftHold command, Clock clock, TextProtection protection) {
        requireReason(command.reason());
        Hold hold = holds.get(command.hold());
        require(hold != null, Refusal.HOLD_NOT_FOUND);
        require(!requireNonNull(hold).by().equals(command.by()), Refusal.SECOND_PERSON_REQUIRED);
        Instant now = now(clock);
        AggregateLifecycle.apply(new HoldLifted(
                command.hold(),
                sealed(protection, command.by(), command.reason(), RetentionEvent.LIFT_REASON, now),
                command.by(),
                now));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OrderErasure command, Clock clock, TextProtection protection) {
        requireReason(command.reason());
        require(!command.user().equals(command.by()), Refusal.SELF_NOT_ALLOWED);
        if (ordered.contains(command.user())) {
            return;
        }
        requireNoHold(List.of(command.user()), command.conversations());
        Instant now = now(clock);
        AggregateLifecycle.apply(new ErasureOrdered(
                command.user(),
                sealed(protection, command.by(), command.reason(), RetentionEvent.ERASURE_REASON, now),
                command.by(),
                now));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeRetentionRule command, Clock clock, TextProtection protection) {
        requireReason(command.reason());
        Integer days = command.days();
        require(days == null || (days >= 1 && days <= MAX_DAYS), Refusal.RETENTION_INVALID);
        RetentionRule rule = ruleFor(command.conversation());
        if (days == null ? rule == null : rule != null && rule.days() == days) {
            return;
        }
        require(rule != null || command.conversation() == null || rules.size() < MAX_RULES, Refusal.LIMIT_EXCEEDED);
        Instant now = now(clock);
        AggregateLifecycle.apply(new RetentionRuleChanged(
                command.conversation(),
                days,
                sealed(protection, command.by(), command.reason(), RetentionEvent.RULE_REASON, now),
                command.by(),
                now));
    }

    private @Nullable RetentionRule ruleFor(@Nullable ConversationId conversation) {
        return conversation == null ? ruleOfAll : rules.get(conversation);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ExpireTexts command, Clock clock) {
        Instant last = expired.get(command.conversation());
        if (last != null && !command.before().isAfter(last)) {
            return;
        }
        RetentionRule own = rules.get(command.conversation());
        RetentionRule rule = own == null ? ruleOfAll : own;
        require(
                rule != null && !command.before().isAfter(RetentionRule.cutoff(rule.days(), clock.instant())),
                Refusal.INVALID_PARAMETER);
        requireNoHold(command.members(), List.of(command.conversation()));
        AggregateLifecycle.apply(new TextsExpired(command.conversation(), command.before(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    RetentionState handle(AskRetention question) {
        List<RetentionRule> all = new ArrayList<>(rules.values());
        if (ruleOfAll != null) {
            all.addFirst(ruleOfAll);
        }
        return new RetentionState(List.copyOf(holds.values()), all);
    }

    private void requireNoHold(Collection<UserId> users, Collection<ConversationId> conversations) {
        Set<UserId> anyOf = Set.copyOf(users);
        Set<ConversationId> orAnyOf = Set.copyOf(conversations);
        require(holds.values().stream().noneMatch(hold -> hold.covers(anyOf, orAnyOf)), Refusal.ON_HOLD);
    }

    private static void requireReason(String reason) {
        TextRules.requireLine(reason, TextRules.REASON_MAX, Refusal.REASON_REQUIRED);
    }

    private static SealedText sealed(TextProtection protection, UserId auditor, String text, String field, Instant at) {
        return protection.seal(auditor, text, TextProtection.auditContext(auditor, field, at));
    }

    private Instant now(Clock clock) {
        return EventTime.now(clock, atMillis);
    }

    @EventSourcingHandler
    void on(RetentionEvent event) {
        id = RetentionCommand.AGGREGATE;
        atMillis = event.at().toEpochMilli();
        switch (event) {
            case HoldPlaced e ->
                holds.put(
                        e.hold(),
                        new Hold(e.hold(), e.users(), e.conversations(), e.query(), e.reason(), e.by(), e.at()));
            case HoldLifted e -> holds.remove(e.hold());
            case ErasureOrdered e -> {
                ordered.addLast(e.user());
                if (ordered.size() > REMEMBERED) {
                    ordered.removeFirst();
                }
            }
            case RetentionRuleChanged e -> changeRule(e);
            case TextsExpired e -> {
                expired.putLast(e.conversation(), e.before());
                if (expired.size() > REMEMBERED) {
                    expired.pollFirstEntry();
                }
            }
        }
    }

    private void changeRule(RetentionRuleChanged event) {
        RetentionRule rule = event.days() == null
                ? null
                : new RetentionRule(event.conversation(), event.days(), event.reason(), event.by(), event.at());
        if (event.conversation() == null) {
            ruleOfAll = rule;
        } else if (rule == null) {
            rules.remove(event.conversation());
        } else {
            rules.put(event.conversation(), rule);
        }
    }
}

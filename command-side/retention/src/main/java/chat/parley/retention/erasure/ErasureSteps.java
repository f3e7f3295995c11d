package chat.parley.retention.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountCommand.EraseAccount;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextKeys;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.account.AccountClosing;
import chat.parley.retention.decision.AuditorTexts;
import chat.parley.retention.decision.Decisions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The steps of an erasure. The process may crash after any of them; each can be repeated, on any node.
 *
 * <ol>
 *   <li>The account is closed as by its owner, unless a hold stands against the erasure already. From then on the user
 *       writes nothing and becomes a member of nothing.
 *   <li>The aggregate that knows all holds decides, with every conversation that the user is or was in.
 *   <li>The user's keys are destroyed.
 *   <li>The account says that it is erased. The stores drop the user when they come to this event.
 * </ol>
 */
public final class ErasureSteps {
    static final String REASON = "erasure-request";

    /**
     * Refusals that time does not change. {@link Refusal#USER_UNAVAILABLE} and {@link Refusal#REASON_REQUIRED}: the
     * auditor who ordered the erasure was erased.
     */
    private static final Set<Refusal> FINAL = EnumSet.of(
            Refusal.ON_HOLD,
            Refusal.LAST_ADMIN,
            Refusal.USER_NOT_FOUND,
            Refusal.USER_UNAVAILABLE,
            Refusal.REASON_REQUIRED);

    private final ErasureTable table;
    private final Decisions decisions;
    private final AuditorTexts texts;
    private final AccountClosing closings;
    private final TextKeys keys;
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;
    private final EventFeed events;

    ErasureSteps(
            ErasureTable table,
            Decisions decisions,
            AuditorTexts texts,
            AccountClosing closings,
            TextKeys keys,
            CommandDispatcher commands,
            ReadModelClient readModel,
            EventFeed events) {
        this.table = table;
        this.decisions = decisions;
        this.texts = texts;
        this.closings = closings;
        this.keys = keys;
        this.commands = commands;
        this.readModel = readModel;
        this.events = events;
    }

    /**
     * Takes every step that is not known to be taken.
     *
     * @throws Refused if a step is refused; the erasure then either is {@link Step#REFUSED} or can be continued
     */
    void take(Erasure erasure) {
        UserId user = erasure.user();
        Step step = erasure.step();
        if (step == Step.ASKED) {
            order(erasure);
            step = Step.ORDERED;
        }
        if (step == Step.ORDERED) {
            keys.destroy(user);
            table.keysDestroyed(user);
            step = Step.KEYS_DESTROYED;
        }
        if (step == Step.KEYS_DESTROYED) {
            commands.send(new EraseAccount(user));
            table.erased(user);
        }
    }

    private void order(Erasure erasure) {
        UserId user = erasure.user();
        try {
            if (!isClosed(user)) {
                decisions.requireNoHold(List.of(user), conversationsOf(user));
            }
            closings.delete(user);
            decisions.send(new OrderErasure(user, conversationsOf(user), reason(erasure), erasure.orderedBy()));
        } catch (Refused refused) {
            if (FINAL.contains(refused.refusal())) {
                table.refused(user, refused.refusal());
            }
            throw refused;
        }
        table.ordered(user);
    }

    /**
     * Then there is nothing to protect from being closed, and only the aggregate knows whether it has accepted the order
     * before a crash.
     */
    private boolean isClosed(UserId user) {
        return commands.send(new AskPrivacy(user), AccountPrivacy.class).status() == AccountStatus.DELETED;
    }

    private String reason(Erasure erasure) {
        return texts.reveal(erasure.reason(), erasure.orderedBy(), REASON, erasure.askedAt())
                .orElseThrow(() -> new Refused(Refusal.REASON_REQUIRED));
    }

    /** Every conversation that the user is or was in, as of the newest event. */
    private List<ConversationId> conversationsOf(UserId user) {
        return readModel.ask(new FindMemberships(user, events.head()), Memberships.class).memberships().stream()
                .map(Membership::conversation)
                .toList();
    }
}

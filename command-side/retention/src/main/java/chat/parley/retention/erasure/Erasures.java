package chat.parley.retention.erasure;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.UserId;
import chat.parley.api.text.TextRules;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.retention.decision.AuditorTexts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Orders erasures. */
public final class Erasures {
    private final ErasureTable table;
    private final ErasureSteps steps;
    private final DeletionFinisher deletions;
    private final AuditorTexts texts;
    private final CommandDispatcher commands;
    private final Clock clock;

    Erasures(
            ErasureTable table,
            ErasureSteps steps,
            DeletionFinisher deletions,
            AuditorTexts texts,
            CommandDispatcher commands,
            Clock clock) {
        this.table = table;
        this.steps = steps;
        this.deletions = deletions;
        this.texts = texts;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Erases the user. The order is durable before the first step; what cannot be done at once is done by {@link
     * ErasureFinisher}. Repeated, it answers how far the erasure has come.
     *
     * @throws Refused if the user is not erased: {@link Refusal#ON_HOLD}, {@link Refusal#LAST_ADMIN}, {@link
     * Refusal#USER_NOT_FOUND}, {@link Refusal#SELF_NOT_ALLOWED} or {@link Refusal#REASON_REQUIRED}
     */
    public Erasure order(UserId user, String reason, UserId by) {
        TextRules.requireLine(reason, TextRules.REASON_MAX, Refusal.REASON_REQUIRED);
        if (user.equals(by)) {
            throw new Refused(Refusal.SELF_NOT_ALLOWED, "Another auditor has to order the erasure of your account");
        }
        commands.send(new AskPrivacy(user), AccountPrivacy.class);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        table.begin(user, by, now, texts.seal(by, reason, ErasureSteps.REASON, now));
        try {
            steps.take(find(user));
        } catch (Refused refused) {
            if (find(user).step() == Step.REFUSED) {
                throw refused;
            }
        }
        deletions.wake();
        return find(user);
    }

    /** @throws Refused {@link Refusal#ERASURE_NOT_FOUND} */
    public Erasure find(UserId user) {
        return table.find(user).orElseThrow(() -> new Refused(Refusal.ERASURE_NOT_FOUND));
    }
}

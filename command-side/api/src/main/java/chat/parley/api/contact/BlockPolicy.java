package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what a block between two users prevents. Every way into the system and every view asks this class, so that a
 * block has the same effect everywhere. Anything that is not an {@link Interaction} stays possible: both users can read
 * and find earlier messages, both see each other's messages in shared groups, and each can retract their own.
 */
public final class BlockPolicy {
    private final UserRelationships relations;

    public BlockPolicy(UserRelationships relations) {
        this.relations = relations;
    }

    /** Something one user does that concerns another. */
    public enum Interaction {
        /** To start, or open again, a direct conversation. */
        START_DIRECT(true, true),
        /** To send, edit or react in a direct conversation. */
        WRITE(true, true),
        /** To add the other to a group, at its start or later. */
        ADD_TO_GROUP(true, true),
        /** To send the other a contact request, or accept theirs. */
        ASK_CONTACT(true, true),
        /** To have the other see a typing indicator, in any shared conversation. */
        TYPE(true, false),
        /** To have the other see a read receipt. */
        READ(true, false),
        /** To have the other see one's presence. */
        BE_PRESENT(true, false),
        /** To mention the other in a shared group. The message is sent without this mention. */
        MENTION(false, true),
        /** To have the other's devices notified. */
        NOTIFY(false, false);

        private final boolean eitherWay;
        private final boolean stored;

        /**
         * @param eitherWay whether a block in either direction prevents it; else only a block by the user who is
         * concerned
         * @param stored whether the answer decides what is stored
         */
        Interaction(boolean eitherWay, boolean stored) {
            this.eitherWay = eitherWay;
            this.stored = stored;
        }
    }

    /**
     * Whether a block prevents this interaction. Fails with {@link Refusal#RETRY_LATER} as {@link UserRelationships}
     * does.
     */
    public CompletableFuture<Boolean> stops(Interaction interaction, UserId by, UserId with) {
        CompletableFuture<Boolean> stopped = hasBlocked(interaction, with, by);
        return interaction.eitherWay
                ? stopped.thenCombine(hasBlocked(interaction, by, with), Boolean::logicalOr)
                : stopped;
    }

    private CompletableFuture<Boolean> hasBlocked(Interaction interaction, UserId one, UserId other) {
        CompletableFuture<AccountPrivacy> privacy =
                interaction.stored ? relations.currentPrivacyOf(one) : relations.privacyOf(one);
        return privacy.thenApply(known -> known.blocks(other));
    }

    /** Blocks the thread until {@link #stops} has answered. */
    public boolean isStopped(Interaction interaction, UserId by, UserId with) {
        return wait(stops(interaction, by, with));
    }

    /** Those of the named users whom a message by {@code by} may mention. */
    public List<UserId> mentioned(UserId by, Collection<UserId> named) {
        return allOf(named, user -> stops(Interaction.MENTION, by, user)).stream()
                .filter(asked -> !wait(asked.answer()))
                .map(Asked::user)
                .toList();
    }

    /** Those of these users whose presence this viewer may not see. */
    public Set<UserId> hidden(Collection<UserId> users, UserId viewer) {
        return allOf(users, user -> stops(Interaction.BE_PRESENT, user, viewer)).stream()
                .filter(asked -> wait(asked.answer()))
                .map(Asked::user)
                .collect(Collectors.toUnmodifiableSet());
    }

    private record Asked<T>(UserId user, CompletableFuture<T> answer) {}

    /** All lookups run at once, because there may be many users that are not cached. */
    private static <T> List<Asked<T>> allOf(Collection<UserId> users, Function<UserId, CompletableFuture<T>> question) {
        return users.stream()
                .map(user -> new Asked<>(user, question.apply(user)))
                .toList();
    }

    /**
     * @throws Refused {@link Refusal#BLOCKED}, {@link Refusal#USER_UNAVAILABLE}, or {@link Refusal#ADDITION_REFUSED} if
     * the user's settings do not allow it
     */
    public void requireAddable(UserId by, Collection<UserId> users) {
        CompletableFuture<AccountPrivacy> adding = relations.currentPrivacyOf(by);
        List<Asked<AccountPrivacy>> added = allOf(users, relations::currentPrivacyOf);
        added.forEach(asked -> requireAddable(by, wait(adding), asked.user(), wait(asked.answer())));
    }

    private void requireAddable(UserId by, AccountPrivacy adding, UserId user, AccountPrivacy added) {
        requireActive(added);
        if (added.blocks(by) || adding.blocks(user)) {
            throw new Refused(Refusal.BLOCKED);
        }
        boolean wanted = switch (added.settings().groupAdditions()) {
            case EVERYBODY -> true;
            case CONTACTS -> wait(relations.areContacts(by, user));
            case NOBODY -> false;
        };
        if (!wanted) {
            throw new Refused(Refusal.ADDITION_REFUSED);
        }
    }

    /**
     * @throws Refused {@link Refusal#USER_UNAVAILABLE}, or {@link Refusal#CONTACT_REFUSED}, which does not reveal
     * whether the cause is a block or a setting
     */
    public void requireContactable(UserId by, UserId with) {
        AccountPrivacy asked = wait(relations.currentPrivacyOf(with));
        requireActive(asked);
        if (isStopped(Interaction.ASK_CONTACT, by, with)
                || asked.settings().contactRequests() == Settings.ContactRequests.NOBODY) {
            throw new Refused(Refusal.CONTACT_REFUSED);
        }
    }

    /** @throws Refused {@link Refusal#USER_UNAVAILABLE} if the account is deactivated or deleted */
    public void requireActive(UserId user) {
        requireActive(wait(relations.currentPrivacyOf(user)));
    }

    private static void requireActive(AccountPrivacy privacy) {
        if (privacy.status() != AccountStatus.ACTIVE) {
            throw new Refused(Refusal.USER_UNAVAILABLE);
        }
    }

    private static <T> T wait(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw new Refused(Refused.in(failed).orElse(Refusal.RETRY_LATER));
        }
    }
}

package chat.parley.api.contact;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
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
 * What a block between two people stops. Everything asks here, whichever way it comes and wherever it is shown, so that a
 * block holds everywhere or nowhere. What is in no {@link Approach} goes on: what was said stays readable and findable for
 * both, both hear each other in groups that they share, and each takes back what is theirs.
 */
public final class BlockPolicy {
    private final Relations relations;

    public BlockPolicy(Relations relations) {
        this.relations = relations;
    }

    /** One person coming near another. */
    public enum Approach {
        /** To start, or find again, the direct conversation of two. */
        START_DIRECT(true),
        /** To send, edit or react in it. */
        WRITE(true),
        /** To take them into a group, as it is started or later. */
        ADD_TO_GROUP(true),
        /** To ask to be their contact, or to accept. */
        ASK_CONTACT(true),
        /** To be seen typing, wherever both are. */
        TYPE(true),
        /** To be seen to have read. */
        READ(true),
        /** To be seen as there. */
        BE_PRESENT(true),
        /** To name them in a message of a shared group: it is sent, and names everybody else. */
        MENTION(false),
        /** To have their devices ring. */
        NOTIFY(false);

        private final boolean eitherWay;

        /** @param eitherWay whether it is stopped by who has blocked either; else by who is approached only */
        Approach(boolean eitherWay) {
            this.eitherWay = eitherWay;
        }
    }

    /** Whether a block stops this; fails as {@link Relations} does. */
    public CompletableFuture<Boolean> stops(Approach approach, UserId by, UserId with) {
        CompletableFuture<Boolean> stopped = hasBlocked(with, by);
        return approach.eitherWay ? stopped.thenCombine(hasBlocked(by, with), Boolean::logicalOr) : stopped;
    }

    private CompletableFuture<Boolean> hasBlocked(UserId one, UserId other) {
        return relations.privacyOf(one).thenApply(privacy -> privacy.blocks(other));
    }

    /** Waits for the answer of {@link #stops}. */
    public boolean isStopped(Approach approach, UserId by, UserId with) {
        return wait(stops(approach, by, with));
    }

    /** Those of these people whom a message names to their knowledge. */
    public List<UserId> mentioned(UserId by, Collection<UserId> named) {
        return allOf(named, user -> stops(Approach.MENTION, by, user)).stream()
                .filter(asked -> !wait(asked.answer()))
                .map(Asked::user)
                .toList();
    }

    /** Those of these people whom this viewer does not see as there. */
    public Set<UserId> hidden(Collection<UserId> users, UserId viewer) {
        return allOf(users, user -> stops(Approach.BE_PRESENT, user, viewer)).stream()
                .filter(asked -> wait(asked.answer()))
                .map(Asked::user)
                .collect(Collectors.toUnmodifiableSet());
    }

    private record Asked<T>(UserId user, CompletableFuture<T> answer) {}

    /** All at once, for there may be many whom nobody has asked about yet. */
    private static <T> List<Asked<T>> allOf(Collection<UserId> users, Function<UserId, CompletableFuture<T>> question) {
        return users.stream()
                .map(user -> new Asked<>(user, question.apply(user)))
                .toList();
    }

    /** @throws Refused {@link Refusal#BLOCKED}, or {@link Refusal#ADDITION_REFUSED} where their settings say so */
    public void requireAddable(UserId by, Collection<UserId> users) {
        allOf(users, relations::privacyOf).forEach(asked -> requireAddable(by, asked.user()));
    }

    private void requireAddable(UserId by, UserId user) {
        requireThere(user);
        if (isStopped(Approach.ADD_TO_GROUP, by, user)) {
            throw new Refused(Refusal.BLOCKED);
        }
        boolean wanted = switch (wait(relations.privacyOf(user)).settings().groupAdditions()) {
            case EVERYBODY -> true;
            case CONTACTS -> wait(relations.areContacts(by, user));
            case NOBODY -> false;
        };
        if (!wanted) {
            throw new Refused(Refusal.ADDITION_REFUSED);
        }
    }

    /** @throws Refused {@link Refusal#CONTACT_REFUSED}, which does not tell whether it is for a block */
    public void requireAskable(UserId by, UserId with) {
        requireThere(with);
        if (isStopped(Approach.ASK_CONTACT, by, with)
                || wait(relations.privacyOf(with)).settings().contactRequests() == Settings.ContactRequests.NOBODY) {
            throw new Refused(Refusal.CONTACT_REFUSED);
        }
    }

    /**
     * That somebody has not closed their account: no block, and told as what it is.
     *
     * @throws Refused {@link Refusal#USER_UNAVAILABLE}
     */
    public void requireThere(UserId user) {
        if (wait(relations.privacyOf(user)).status() != AccountStatus.ACTIVE) {
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

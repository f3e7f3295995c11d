package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.GROUP;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.ChangeJoinability;
import chat.parley.api.conversation.ConversationCommand.ChangeMemberRole;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.RenameGroup;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationCommand.UnpinMessage;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Random commands of a group, valid or not; deterministic for a seed. */
final class RandomCommands {
    static final int MAX_MEMBERS = 5;

    private static final List<UserId> USERS = List.of(
            new UserId("u1"), new UserId("u2"), new UserId("u3"), new UserId("u4"), new UserId("u5"), new UserId("u6"));

    private static final List<MemberRole> ROLES = List.of(MemberRole.values());

    private final Random random;

    RandomCommands(long seed) {
        random = new Random(seed);
    }

    StartGroup start() {
        HistoryAccess history = random.nextBoolean() ? HistoryAccess.ALL : HistoryAccess.SINCE_JOINED;
        return new StartGroup(GROUP, USERS.getFirst(), "Title", USERS.subList(1, 4), true, history);
    }

    UserId anyUser() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    void moveTime(MutableClock clock) {
        clock.advance(Duration.ofNanos(random.nextLong(-1_000_000_000, 3_000_000_000L)));
    }

    void next(int head, Consumer<ConversationCommand> ask) {
        long target = random.nextInt(head + 2);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> ask.accept(send());
            case 3 -> ask.accept(new EditMessage(GROUP, anyUser(), target, "edit " + random.nextInt(3), List.of()));
            case 4 -> ask.accept(new RetractMessage(GROUP, anyUser(), target));
            case 5 -> ask.accept(new ChangeReaction(GROUP, anyUser(), target, "👍", random.nextBoolean()));
            case 6 -> ask.accept(setting());
            case 7 ->
                ask.accept(
                        random.nextBoolean()
                                ? new PinMessage(GROUP, anyUser(), target)
                                : new UnpinMessage(GROUP, anyUser(), target));
            default -> changeMembership(ask);
        }
    }

    void changeMembership(Consumer<ConversationCommand> ask) {
        UserId user = anyUser();
        switch (random.nextInt(3)) {
            case 0 -> ask.accept(new JoinGroup(GROUP, user));
            case 1 -> ask.accept(new AddMember(GROUP, anyUser(), user));
            default -> ask.accept(new RemoveMember(GROUP, random.nextBoolean() ? user : anyUser(), user));
        }
    }

    private ConversationCommand setting() {
        return switch (random.nextInt(3)) {
            case 0 -> new RenameGroup(GROUP, anyUser(), "Title " + random.nextInt(3));
            case 1 -> new ChangeJoinability(GROUP, anyUser(), random.nextInt(4) != 0);
            default -> new ChangeMemberRole(GROUP, anyUser(), anyUser(), ROLES.get(random.nextInt(ROLES.size())));
        };
    }

    private SendMessages send() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            ClientMessageId id = random.nextBoolean()
                    ? new ClientMessageId("name-" + random.nextInt(50))
                    : MessageFixtures.v7(1_000 + random.nextInt(50), 1);
            drafts.add(
                    MessageFixtures.draft(anyUser(), id, random.nextInt(10) == 0 ? " " : "text " + random.nextInt(2)));
        }
        return new SendMessages(GROUP, drafts);
    }
}

package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.Started;
import chat.parley.api.port.KeyedHash;
import chat.parley.command.http.conversation.StartedConversation.Member;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.identity.profile.Profiles;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts direct conversations and groups. */
final class ConversationStarter {
    /** The upper bound of the setting for members. A larger request is refused before its users are looked up. */
    private static final int MOST_MEMBERS_EVER = 500;

    private final CommandDispatcher commands;
    private final Profiles profiles;
    private final AdditionLimiter additions;
    private final KeyedHash hash;

    ConversationStarter(CommandDispatcher commands, Profiles profiles, AdditionLimiter additions, KeyedHash hash) {
        this.commands = commands;
        this.profiles = profiles;
        this.additions = additions;
        this.hash = hash;
    }

    /** @param created false if the conversation existed already */
    record Outcome(StartedConversation conversation, boolean created) {}

    Outcome start(UserId by, StartConversation asked) {
        return switch (asked) {
            case StartConversation.Direct direct -> direct(by, direct.with());
            case StartConversation.Group group -> group(by, group);
        };
    }

    /**
     * If two users start the same conversation at once, both commands use the same id. The command that loses the race
     * is repeated and finds the conversation.
     */
    private Outcome direct(UserId by, UserId named) {
        UserId with = named.value().equals(AuthenticatedUser.ME) ? by : named;
        if (!with.equals(by)) {
            profiles.requireAllActive(List.of(with));
        }
        ConversationId id = hash.directConversation(by, with);
        Started started = commands.send(new StartDirect(id, by, with), Started.class);
        List<Member> members = Stream.of(by, with)
                .distinct()
                .map(user -> Member.of(user, MemberRole.MEMBER))
                .toList();
        return new Outcome(
                new StartedConversation(
                        id, StartedConversation.kind(ConversationKind.DIRECT), null, members, started.head()),
                started.created());
    }

    private Outcome group(UserId by, StartConversation.Group group) {
        List<UserId> others = group.members().stream()
                .distinct()
                .filter(user -> !user.equals(by))
                .toList();
        if (others.size() >= MOST_MEMBERS_EVER) {
            throw new Refused(Refusal.GROUP_FULL);
        }
        profiles.requireAllActive(others);
        additions.starts(by, others);
        HistoryAccess history = group.history() == null
                ? HistoryAccess.SINCE_JOINED
                : RequestParameters.parse(HistoryAccess.class, group.history());
        boolean joinable = Boolean.TRUE.equals(group.joinable());
        ConversationId id = groupId(by, group, others, history);
        Started started = start(
                new StartGroup(id, by, group.title(), others, joinable, history), group.clientConversationId() != null);
        List<Member> members = Stream.concat(
                        Stream.of(Member.of(by, MemberRole.OWNER)),
                        others.stream().map(user -> Member.of(user, MemberRole.MEMBER)))
                .toList();
        return new Outcome(
                new StartedConversation(
                        id, StartedConversation.kind(ConversationKind.GROUP), group.title(), members, started.head()),
                started.created());
    }

    /**
     * A repeated request with the same {@code clientConversationId} and content gets the same id. Any other request
     * gets a new one.
     */
    private ConversationId groupId(
            UserId by, StartConversation.Group group, List<UserId> others, HistoryAccess history) {
        if (group.clientConversationId() == null) {
            return ConversationId.randomGroup();
        }
        String members = others.stream().map(UserId::value).sorted().collect(Collectors.joining(","));
        String asked = String.join(
                "/",
                by.value(),
                group.clientConversationId().value(),
                String.valueOf(Boolean.TRUE.equals(group.joinable())),
                history.name(),
                members,
                group.title());
        return new ConversationId("g" + hash.of(KeyedHash.Purpose.STARTED_GROUP, asked));
    }

    private Started start(StartGroup command, boolean isNamed) {
        try {
            return commands.send(command, Started.class);
        } catch (Refused refused) {
            throw refused.refusal() == Refusal.OUTCOME_UNKNOWN && !isNamed
                    ? RetryAdvice.GROUP_WITHOUT_ID.refused()
                    : refused;
        }
    }
}

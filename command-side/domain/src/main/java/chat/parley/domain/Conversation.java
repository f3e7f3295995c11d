package chat.parley.domain;

import static chat.parley.domain.Rules.require;
import static java.util.Objects.requireNonNull;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Approach;
import chat.parley.api.conversation.ConversationCommand.AddMember;
import chat.parley.api.conversation.ConversationCommand.ChangeJoinability;
import chat.parley.api.conversation.ConversationCommand.ChangeMemberRole;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.RemoveDeletedMember;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.RenameGroup;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationCommand.UnpinMessage;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.SendOutcomes.Outcome;
import chat.parley.api.conversation.Started;
import chat.parley.api.port.EntryAt;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.SentMessages;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.Emoji;
import chat.parley.api.text.TextRules;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A conversation is a log: each event is one entry, and an entry's position is its sequence number + 1. What is kept
 * here is what deciding needs, without anybody's words. No rule asks a window: {@link SentWindow} answers what is sent
 * again and knows what it has forgotten, {@link Changes} is complete.
 *
 * <p>Every handler is create-if-missing, so that a conversation that is not there is refused with a code like anything
 * else, whichever bus the command came by.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
@Revision("2") // Of its snapshots: an earlier one does not know all changes, and is left aside for the events.
public class Conversation {
    /** As many as a group's members can be named in one message without it being a way to ring everybody. */
    static final int MAX_MENTIONS = 100;

    /** What is pinned is read as one page; whoever pins more takes something off. */
    static final int MAX_PINS = 100;

    @AggregateIdentifier
    private @Nullable ConversationId id;

    private ConversationKind kind = ConversationKind.GROUP;
    private @Nullable UserId startedBy;
    private HistoryAccess history = HistoryAccess.SINCE_JOINED;
    private @Nullable Sealed title;
    private Stamp titled = Stamp.NONE;
    private boolean joinable;
    private Stamp joinability = Stamp.NONE;

    /** Position and time of the newest entry. */
    private Stamp head = Stamp.NONE;

    /** How many messages there are. */
    private long ordinal;

    /** The pinned messages. Read back from a snapshot as what it is declared to be, numbers and all. */
    private LinkedHashSet<Long> pinned = new LinkedHashSet<>();

    private Members members = new Members();
    private SentWindow sent = new SentWindow();
    private Changes changes = new Changes();

    Conversation() {}

    // Starting

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Started handle(StartDirect command, Clock clock, KeyedHash hashes, BlockPolicy blocks) {
        ConversationId theirs = hashes.directConversation(command.by(), command.with());
        require(command.conversation().equals(theirs), Refusal.INVALID_ID);
        blocks.requireThere(command.with());
        require(!blocks.isStopped(Approach.START_DIRECT, command.by(), command.with()), Refusal.BLOCKED);
        if (id != null) {
            require(kind == ConversationKind.DIRECT, Refusal.INVALID_ID);
            return new Started(id, head.position(), false);
        }
        enter(new DirectStarted(command.conversation(), command.by(), command.with(), now(clock)));
        return new Started(command.conversation(), head.position(), true);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Started handle(StartGroup command, Clock clock, TextProtection protection, GroupPolicy policy, BlockPolicy blocks) {
        if (id != null) {
            // The id is the asker's own choice, so finding it taken is either their own retry or somebody else's group.
            require(kind == ConversationKind.GROUP && command.by().equals(startedBy), Refusal.INVALID_ID);
            return new Started(id, head.position(), false);
        }
        List<UserId> others = command.members().stream()
                .distinct()
                .filter(user -> !user.equals(command.by()))
                .toList();
        require(others.size() < policy.maxMembers(), Refusal.GROUP_FULL);
        TextRules.requireTitle(command.title());
        blocks.requireAddable(command.by(), others);
        Sealed sealedTitle =
                protection.seal(command.by(), command.title(), TextProtection.titleContext(command.conversation()));
        enter(new GroupStarted(
                command.conversation(),
                command.by(),
                sealedTitle,
                others,
                command.joinable(),
                command.history(),
                now(clock)));
        return new Started(command.conversation(), head.position(), true);
    }

    // Talking

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SendOutcomes handle(
            SendMessages command,
            Clock clock,
            TextProtection protection,
            KeyedHash hashes,
            SentMessages sentMessages,
            EntryAt entries,
            BlockPolicy blocks) {
        requireStarted();
        int count = command.messages().size();
        require(count >= 1 && count <= SendMessages.MAX_MESSAGES, Refusal.INVALID_PARAMETER);
        List<Outcome> outcomes = new ArrayList<>(count);
        Set<UserId> waiting = new HashSet<>(0);
        for (Draft draft : command.messages()) {
            if (waiting.contains(draft.by())) {
                // Stored now, it would overtake what the same sender wrote before it.
                outcomes.add(Outcome.refused(Refusal.RETRY_LATER));
                continue;
            }
            try {
                outcomes.add(Outcome.accepted(send(draft, clock, protection, hashes, sentMessages, entries, blocks)));
            } catch (Refused refused) {
                // Each message stands for itself: what is wrong with one is no reason to keep back the next.
                outcomes.add(Outcome.refused(refused.refusal()));
                if (refused.refusal() == Refusal.RETRY_LATER) {
                    waiting.add(draft.by());
                }
            }
        }
        return new SendOutcomes(outcomes);
    }

    private EntryAck send(
            Draft draft,
            Clock clock,
            TextProtection protection,
            KeyedHash hashes,
            SentMessages sentMessages,
            EntryAt entries,
            BlockPolicy blocks) {
        TextRules.requireMessage(draft.text());
        List<UserId> mentions = distinct(draft.mentions());
        String contentHash = ContentHash.ofMessage(draft, mentions, hashes);
        Optional<EntryAck> firstAnswer = firstAnswer(draft, contentHash, sentMessages);
        if (firstAnswer.isPresent()) {
            return firstAnswer.get();
        }

        Member sender = members.require(draft.by());
        requireSomebodyThere(draft.by(), blocks);
        requireNotBlocked(draft.by(), blocks);
        require(members.hasAll(mentions), Refusal.MENTIONS_INVALID);
        if (draft.replyTo() != null) {
            messageAt(draft.replyTo(), sender, entries);
        }
        Sealed text = protection.seal(
                draft.by(), draft.text(), TextProtection.messageContext(id(), draft.by(), draft.clientMessageId()));
        return enter(new MessageSent(
                id(),
                draft.by(),
                draft.clientMessageId(),
                text,
                contentHash,
                ordinal + 1,
                draft.replyTo(),
                blocks.mentioned(draft.by(), mentions),
                now(clock)));
    }

    /** What this message was answered when it was sent before, by whoever remembers it; empty where it is new. */
    private Optional<EntryAck> firstAnswer(Draft draft, String contentHash, SentMessages sentMessages) {
        Optional<SentWindow.Remembered> recent = sent.find(draft.by(), draft.clientMessageId());
        if (recent.isPresent()) {
            require(recent.get().contentHash().equals(contentHash), Refusal.CLIENT_MESSAGE_ID_REUSED);
            return Optional.of(recent.get().stamp().ack());
        }
        if (!sent.mayHaveForgotten(draft.by(), draft.clientMessageId())) {
            return Optional.empty();
        }
        return switch (sentMessages.find(id(), draft.by(), draft.clientMessageId(), sent.forgottenThrough())) {
            case SentMessages.Sent first -> {
                require(first.contentHash().equals(contentHash), Refusal.CLIENT_MESSAGE_ID_REUSED);
                yield Optional.of(new EntryAck(first.position(), first.at()));
            }
            case SentMessages.NeverSent never -> Optional.empty();
            case SentMessages.NotYetKnown unknown -> throw new Refused(Refusal.RETRY_LATER);
        };
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(
            EditMessage command,
            Clock clock,
            TextProtection protection,
            KeyedHash hashes,
            EntryAt entries,
            BlockPolicy blocks) {
        requireStarted();
        Member editor = members.require(command.by());
        TextRules.requireMessage(command.text());
        Made<MessageSent> message = messageAt(command.target(), editor, entries);
        require(message.event().by().equals(command.by()), Refusal.NOT_YOUR_MESSAGE);
        List<UserId> mentions = distinct(command.mentions());
        Optional<Made<MessageEdited>> newest = made(changes.edit(command.target()), MessageEdited.class, entries);
        if (newest.isPresent() && ContentHash.isOf(newest.get().event(), message.event(), command, mentions, hashes)) {
            return newest.get().ack();
        }
        requireNotRetracted(command.target());
        if (newest.isEmpty() && ContentHash.isOf(message.event(), command, mentions, hashes)) {
            return message.ack();
        }
        requireNotBlocked(command.by(), blocks);
        requireMentionable(
                mentions,
                newest.map(Made::event)
                        .map(MessageEdited::mentions)
                        .orElse(message.event().mentions()));
        String context = TextProtection.editContext(id(), command.by(), command.target());
        return enter(new MessageEdited(
                id(),
                command.by(),
                command.target(),
                protection.seal(command.by(), command.text(), context),
                blocks.mentioned(command.by(), mentions),
                ContentHash.ofEdit(command, mentions, hashes),
                now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(RetractMessage command, Clock clock, EntryAt entries) {
        requireStarted();
        Member member = members.require(command.by());
        Made<MessageSent> message = messageAt(command.target(), member, entries);
        boolean own = message.event().by().equals(command.by());
        require(own || member.isAtLeast(MemberRole.ADMIN), Refusal.NOT_YOUR_MESSAGE);
        return made(changes.retraction(command.target()), MessageRetracted.class, entries)
                .map(Made::ack)
                .orElseGet(() -> enter(new MessageRetracted(id(), command.by(), command.target(), now(clock))));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(ChangeReaction command, Clock clock, EntryAt entries, BlockPolicy blocks) {
        requireStarted();
        Member member = members.require(command.by());
        String emoji = command.added() ? Emoji.require(command.emoji()) : Emoji.requireStored(command.emoji());
        Made<MessageSent> message = messageAt(command.target(), member, entries);
        Optional<Made<ReactionChanged>> last = made(
                        changes.reaction(command.by(), command.target(), emoji), ReactionChanged.class, entries)
                .filter(made -> Changes.isReaction(made.event(), command.by(), command.target(), emoji));
        boolean there = last.isPresent() && last.get().event().added();
        if (there == command.added()) {
            // Taking back what never was changes nothing, and has been so since the message itself.
            return last.map(Made::ack).orElseGet(message::ack);
        }
        requireNotRetracted(command.target());
        if (command.added()) {
            requireNotBlocked(command.by(), blocks);
        }
        return enter(new ReactionChanged(id(), command.by(), command.target(), emoji, command.added(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(PinMessage command, Clock clock, EntryAt entries, BlockPolicy blocks) {
        Made<MessageSent> message = messageToPin(command.by(), command.target(), entries);
        if (pinned.contains(command.target())) {
            return made(changes.pin(command.target()), MessagePinned.class, entries)
                    .map(Made::ack)
                    .orElseGet(message::ack);
        }
        requireNotRetracted(command.target());
        requireNotBlocked(command.by(), blocks);
        require(pinned.size() < MAX_PINS, Refusal.LIMIT_EXCEEDED);
        return enter(new MessagePinned(id(), command.by(), command.target(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(UnpinMessage command, Clock clock, EntryAt entries) {
        Made<MessageSent> message = messageToPin(command.by(), command.target(), entries);
        return pinned.contains(command.target())
                ? enter(new MessageUnpinned(id(), command.by(), command.target(), now(clock)))
                : made(changes.pin(command.target()), MessageUnpinned.class, entries)
                        .map(Made::ack)
                        .orElseGet(message::ack);
    }

    /** A pin is for everybody, so in a group it is its admins who pin. */
    private Made<MessageSent> messageToPin(UserId by, long target, EntryAt entries) {
        requireStarted();
        Member member = members.require(by);
        require(kind == ConversationKind.DIRECT || member.isAtLeast(MemberRole.ADMIN), Refusal.ROLE_REQUIRED);
        return messageAt(target, member, entries);
    }

    // Being in a group

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(JoinGroup command, Clock clock, GroupPolicy policy) {
        requireStarted();
        requireGroup();
        return members.find(command.by()).map(member -> member.joined().ack()).orElseGet(() -> {
            require(joinable, Refusal.GROUP_INVITE_ONLY);
            boolean deserted = members.size() == 0;
            EntryAck ack = join(command.by(), command.by(), clock, policy);
            if (deserted) {
                // Its last owner left; without one nobody could ever invite, rename or remove again.
                enter(new MemberRoleChanged(id(), command.by(), command.by(), MemberRole.OWNER, now(clock)));
            }
            return ack;
        });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(AddMember command, Clock clock, GroupPolicy policy, BlockPolicy blocks) {
        requireGroupRole(command.by(), MemberRole.ADMIN);
        return members.find(command.user()).map(member -> member.joined().ack()).orElseGet(() -> {
            blocks.requireAddable(command.by(), List.of(command.user()));
            return join(command.by(), command.user(), clock, policy);
        });
    }

    private EntryAck join(UserId by, UserId user, Clock clock, GroupPolicy policy) {
        require(members.size() < policy.maxMembers(), Refusal.GROUP_FULL);
        return enter(new MemberJoined(id(), by, user, now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(RemoveMember command, Clock clock, EntryAt entries) {
        requireStarted();
        boolean leaves = command.by().equals(command.user());
        if (leaves && !members.has(command.by())) {
            return departure(command.user(), entries).orElseThrow(() -> new Refused(Refusal.NOT_A_MEMBER));
        }
        Member by = members.require(command.by());
        requireGroup();
        if (leaves) {
            require(!by.isAtLeast(MemberRole.OWNER) || members.size() == 1, Refusal.OWNER_CANNOT_LEAVE);
        } else {
            require(by.isAtLeast(MemberRole.ADMIN), Refusal.ROLE_REQUIRED);
            Optional<Member> user = members.find(command.user());
            if (user.isEmpty()) {
                return departure(command.user(), entries).orElseThrow(() -> new Refused(Refusal.USER_NOT_FOUND));
            }
            require(by.role().compareTo(user.get().role()) > 0, Refusal.ROLE_REQUIRED);
        }
        return enter(new MemberLeft(id(), command.by(), command.user(), now(clock)));
    }

    /** What leaving, or removing, somebody who is gone already is answered with. */
    private Optional<EntryAck> departure(UserId user, EntryAt entries) {
        return made(changes.departure(user), MemberLeft.class, entries)
                .filter(made -> made.event().user().equals(user))
                .map(Made::ack);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveDeletedMember command, Clock clock) {
        requireStarted();
        requireGroup();
        UserId user = command.user();
        members.find(user).ifPresent(member -> {
            if (member.isAtLeast(MemberRole.OWNER)) {
                members.successorOf(user)
                        .ifPresent(successor -> enter(
                                new MemberRoleChanged(id(), user, successor.user(), MemberRole.OWNER, now(clock))));
            }
            enter(new MemberLeft(id(), user, user, now(clock)));
        });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(ChangeMemberRole command, Clock clock) {
        requireStarted();
        Member by = members.require(command.by());
        requireGroup();
        Member member = members.find(command.user()).orElseThrow(() -> new Refused(Refusal.USER_NOT_FOUND));
        if (member.role() == command.role()) {
            // Before asking for the role: handing over ownership takes from the owner what a retry of it would need.
            return member.changed().ack();
        }
        require(by.isAtLeast(MemberRole.OWNER), Refusal.ROLE_REQUIRED);
        require(!by.user().equals(member.user()), Refusal.OWNER_CANNOT_LEAVE);
        EntryAck ack = enter(new MemberRoleChanged(id(), command.by(), command.user(), command.role(), now(clock)));
        if (command.role() == MemberRole.OWNER) {
            enter(new MemberRoleChanged(id(), command.by(), command.by(), MemberRole.ADMIN, now(clock)));
        }
        return ack;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(RenameGroup command, Clock clock, TextProtection protection) {
        requireGroupRole(command.by(), MemberRole.ADMIN);
        TextRules.requireTitle(command.title());
        String context = TextProtection.titleContext(id());
        if (protection.reveal(requireNonNull(title), context).equals(Optional.of(command.title()))) {
            return titled.ack();
        }
        Sealed newTitle = protection.seal(command.by(), command.title(), context);
        return enter(new GroupRenamed(id(), command.by(), newTitle, now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(ChangeJoinability command, Clock clock) {
        requireGroupRole(command.by(), MemberRole.ADMIN);
        return joinable == command.joinable()
                ? joinability.ack()
                : enter(new JoinabilityChanged(id(), command.by(), command.joinable(), now(clock)));
    }

    // What is asked before deciding

    private void requireStarted() {
        require(id != null, Refusal.CONVERSATION_NOT_FOUND);
    }

    private void requireGroup() {
        require(kind == ConversationKind.GROUP, Refusal.NOT_A_GROUP);
    }

    private void requireGroupRole(UserId by, MemberRole least) {
        requireStarted();
        Member member = members.require(by);
        requireGroup();
        require(member.isAtLeast(least), Refusal.ROLE_REQUIRED);
    }

    private void requireNotRetracted(long target) {
        require(!changes.isRetracted(target), Refusal.MESSAGE_RETRACTED);
    }

    /** Members, and whoever is mentioned already: they may have left since. */
    private void requireMentionable(List<UserId> mentions, List<UserId> already) {
        require(
                mentions.stream().allMatch(user -> members.has(user) || already.contains(user)),
                Refusal.MENTIONS_INVALID);
    }

    private static List<UserId> distinct(List<UserId> mentions) {
        List<UserId> distinct = mentions.stream().distinct().toList();
        require(distinct.size() <= MAX_MENTIONS, Refusal.MENTIONS_INVALID);
        return distinct;
    }

    /** Nobody writes to who has closed their account; what was said before may still be edited and taken back. */
    private void requireSomebodyThere(UserId by, BlockPolicy blocks) {
        if (kind == ConversationKind.DIRECT) {
            members.inOrder().stream()
                    .map(Member::user)
                    .filter(user -> !user.equals(by))
                    .forEach(blocks::requireThere);
        }
    }

    /** In a direct conversation nobody reaches the other past a block; a group is not between two people. */
    private void requireNotBlocked(UserId by, BlockPolicy blocks) {
        if (kind == ConversationKind.DIRECT) {
            for (Member other : members.inOrder()) {
                require(
                        other.user().equals(by) || !blocks.isStopped(Approach.WRITE, by, other.user()),
                        Refusal.BLOCKED);
            }
        }
    }

    /** The message at a position that this member may see. */
    private Made<MessageSent> messageAt(long position, Member member, EntryAt entries) {
        boolean visible =
                position <= head.position() && member.visibility(history).sees(position);
        require(visible, Refusal.POSITION_NOT_FOUND);
        ConversationEvent entry =
                entries.find(id(), position).orElseThrow(() -> new Refused(Refusal.POSITION_NOT_FOUND));
        if (entry instanceof MessageSent message) {
            return new Made<>(position, message);
        }
        throw new Refused(Refusal.NOT_A_MESSAGE);
    }

    /** An entry that was made before. */
    private record Made<E extends ConversationEvent>(long position, E event) {
        EntryAck ack() {
            return new EntryAck(position, event.at());
        }
    }

    private <E extends ConversationEvent> Optional<Made<E>> made(
            OptionalLong position, Class<E> type, EntryAt entries) {
        if (position.isEmpty()) {
            return Optional.empty();
        }
        // The event store has it, as it is older than this command; if it cannot be read now, it can later.
        ConversationEvent entry =
                entries.find(id(), position.getAsLong()).orElseThrow(() -> new Refused(Refusal.RETRY_LATER));
        return Optional.of(entry)
                .filter(type::isInstance)
                .map(event -> new Made<>(position.getAsLong(), type.cast(event)));
    }

    private ConversationId id() {
        return requireNonNull(id);
    }

    /** Now, or the time of the newest entry where the clock has gone back; in whole milliseconds. */
    private Instant now(Clock clock) {
        return Times.now(clock, head.atMillis());
    }

    private EntryAck enter(ConversationEvent event) {
        AggregateLifecycle.apply(event);
        return head.ack();
    }

    // What has happened

    @EventSourcingHandler
    void on(ConversationEvent event, @SequenceNumber long sequence) {
        head = new Stamp(sequence + 1, event.at().toEpochMilli());
        switch (event) {
            case DirectStarted e -> {
                start(e, ConversationKind.DIRECT);
                join(e.by(), MemberRole.MEMBER);
                join(e.with(), MemberRole.MEMBER);
            }
            case GroupStarted e -> {
                start(e, ConversationKind.GROUP);
                join(e.by(), MemberRole.OWNER);
                e.members().forEach(user -> join(user, MemberRole.MEMBER));
                history = e.history();
                title(e.title());
                joinable(e.joinable());
            }
            case MessageSent e -> {
                ordinal = e.ordinal();
                sent.sent(e.by(), e.clientMessageId(), e.contentHash(), head);
            }
            case MessageEdited e -> changes.edited(e, head.position());
            case MessageRetracted e -> {
                changes.retracted(e, head.position());
                pinned.remove(e.target());
            }
            case ReactionChanged e -> changes.reacted(e, head.position());
            case MemberJoined e -> join(e.user(), MemberRole.MEMBER);
            case MemberLeft e -> {
                members.leave(e.user());
                sent.left(e.user());
                changes.left(e, head.position());
            }
            case GroupRenamed e -> title(e.title());
            case MemberRoleChanged e -> members.changeRole(e.user(), e.role(), head);
            case JoinabilityChanged e -> joinable(e.joinable());
            case MessagePinned e -> {
                changes.pinned(e.target(), head.position());
                pinned.add(e.target());
            }
            case MessageUnpinned e -> {
                changes.pinned(e.target(), head.position());
                pinned.remove(e.target());
            }
        }
    }

    private void start(ConversationEvent started, ConversationKind ofKind) {
        id = started.conversation();
        kind = ofKind;
        startedBy = started.by();
    }

    private void join(UserId user, MemberRole role) {
        members.join(user, role, head);
        sent.joined(user);
    }

    private void title(Sealed newTitle) {
        title = newTitle;
        titled = head;
    }

    private void joinable(boolean nowJoinable) {
        joinable = nowJoinable;
        joinability = head;
    }
}

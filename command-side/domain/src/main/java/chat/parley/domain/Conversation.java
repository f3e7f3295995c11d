package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;
import static java.util.Objects.requireNonNull;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
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
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.SentMessages;
import chat.parley.api.port.TextContext;
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
 * A conversation is a log. Each event is one entry, and an entry's position is its sequence number + 1. The aggregate
 * keeps only what decisions need, and no text. No decision depends on the age of an entry: {@link DeduplicationWindow}
 * knows which message ids it has evicted, and {@link LatestChanges} is complete.
 *
 * <p>Every handler creates the aggregate if it is missing, so that a command to an unknown conversation is refused with
 * a code on every kind of command bus.
 */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
@Revision("2") // Of its snapshots; revision 1 lacks some changes and is ignored.
public class Conversation {
    /** Enough for most groups, and too few to notify all members of a large one. */
    static final int MAX_MENTIONS = 100;

    /** All pins are answered in one page. */
    static final int MAX_PINS = 100;

    @AggregateIdentifier
    private @Nullable ConversationId id;

    private ConversationKind kind = ConversationKind.GROUP;
    private @Nullable UserId startedBy;
    private HistoryAccess history = HistoryAccess.SINCE_JOINED;
    private @Nullable SealedText title;
    private PositionAndTimestamp titled = PositionAndTimestamp.NONE;
    private boolean joinable;
    private PositionAndTimestamp joinability = PositionAndTimestamp.NONE;

    /** Position and time of the newest entry. */
    private PositionAndTimestamp head = PositionAndTimestamp.NONE;

    /** Number of messages; the ordinal of the newest. */
    private long ordinal;

    /** Positions of the pinned messages. The declared type is concrete because snapshots are deserialised into it. */
    private LinkedHashSet<Long> pinned = new LinkedHashSet<>();

    private Members members = new Members();
    private DeduplicationWindow sent = new DeduplicationWindow();
    private LatestChanges changes = new LatestChanges();

    Conversation() {}

    // Starting a conversation

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Started handle(StartDirect command, Clock clock, KeyedHash hashes, BlockPolicy blocks) {
        ConversationId theirs = hashes.directConversation(command.by(), command.with());
        require(command.conversation().equals(theirs), Refusal.INVALID_ID);
        blocks.requireActive(command.with());
        require(!blocks.isStopped(Interaction.START_DIRECT, command.by(), command.with()), Refusal.BLOCKED);
        if (id != null) {
            require(kind == ConversationKind.DIRECT, Refusal.INVALID_ID);
            return new Started(id, head.position(), false);
        }
        append(new DirectStarted(command.conversation(), command.by(), command.with(), now(clock)));
        return new Started(command.conversation(), head.position(), true);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Started handle(StartGroup command, Clock clock, TextProtection protection, GroupPolicy policy, BlockPolicy blocks) {
        if (id != null) {
            // The id derives from the sender and an id of the client, so a second start is a retry or a collision.
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
        SealedText sealedTitle =
                protection.seal(command.by(), command.title(), TextProtection.titleContext(command.conversation()));
        append(new GroupStarted(
                command.conversation(),
                command.by(),
                sealedTitle,
                others,
                command.joinable(),
                command.history(),
                now(clock)));
        return new Started(command.conversation(), head.position(), true);
    }

    // Messages

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SendOutcomes handle(
            SendMessages command,
            Clock clock,
            TextProtection protection,
            KeyedHash hashes,
            SentMessages sentMessages,
            EntryLookup entries,
            BlockPolicy blocks) {
        requireStarted();
        int count = command.messages().size();
        require(count >= 1 && count <= SendMessages.MAX_MESSAGES, Refusal.INVALID_PARAMETER);
        List<Outcome> outcomes = new ArrayList<>(count);
        Set<UserId> waiting = new HashSet<>(0);
        for (Draft draft : command.messages()) {
            if (waiting.contains(draft.by())) {
                // Accepting it now would reorder the messages of this sender.
                outcomes.add(Outcome.refused(Refusal.RETRY_LATER));
                continue;
            }
            try {
                outcomes.add(Outcome.accepted(send(draft, clock, protection, hashes, sentMessages, entries, blocks)));
            } catch (Refused refused) {
                // The messages of a batch are independent: a refusal of one does not affect the next.
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
            EntryLookup entries,
            BlockPolicy blocks) {
        TextRules.requireMessage(draft.text());
        List<UserId> mentions = distinct(draft.mentions());
        String contentHash = ContentHash.ofMessage(draft, mentions, hashes);
        Optional<EntryAck> firstAnswer = firstAnswer(draft, contentHash, sentMessages);
        if (firstAnswer.isPresent()) {
            return firstAnswer.get();
        }

        Member sender = members.require(draft.by());
        requireOtherActive(draft.by(), blocks);
        requireNotBlocked(draft.by(), blocks);
        require(members.hasAll(mentions), Refusal.MENTIONS_INVALID);
        if (draft.replyTo() != null) {
            messageAt(draft.replyTo(), sender, entries);
        }
        SealedText text = protection.seal(
                draft.by(), draft.text(), TextProtection.messageContext(id(), draft.by(), draft.clientMessageId()));
        return append(new MessageSent(
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

    /** The ack that this message received when it was sent before; empty if it is new. */
    private Optional<EntryAck> firstAnswer(Draft draft, String contentHash, SentMessages sentMessages) {
        Optional<DeduplicationWindow.Remembered> recent = sent.find(draft.by(), draft.clientMessageId());
        if (recent.isPresent()) {
            require(recent.get().contentHash().equals(contentHash), Refusal.CLIENT_MESSAGE_ID_REUSED);
            return Optional.of(recent.get().stamp().ack());
        }
        if (!sent.mayHaveEvicted(draft.by(), draft.clientMessageId())) {
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
            EntryLookup entries,
            BlockPolicy blocks) {
        requireStarted();
        Member editor = members.require(command.by());
        TextRules.requireMessage(command.text());
        PriorEntry<MessageSent> message = messageAt(command.target(), editor, entries);
        require(message.event().by().equals(command.by()), Refusal.NOT_YOUR_MESSAGE);
        List<UserId> mentions = distinct(command.mentions());
        Optional<PriorEntry<MessageEdited>> newest =
                priorEntry(changes.edit(command.target()), MessageEdited.class, entries);
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
                newest.map(PriorEntry::event)
                        .map(MessageEdited::mentions)
                        .orElse(message.event().mentions()));
        TextContext context = TextProtection.editContext(id(), command.by(), command.target());
        return append(new MessageEdited(
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
    EntryAck handle(RetractMessage command, Clock clock, EntryLookup entries) {
        requireStarted();
        Member member = members.require(command.by());
        PriorEntry<MessageSent> message = messageAt(command.target(), member, entries);
        boolean own = message.event().by().equals(command.by());
        require(own || member.isAtLeast(MemberRole.ADMIN), Refusal.NOT_YOUR_MESSAGE);
        return priorEntry(changes.retraction(command.target()), MessageRetracted.class, entries)
                .map(PriorEntry::ack)
                .orElseGet(() -> append(new MessageRetracted(id(), command.by(), command.target(), now(clock))));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(ChangeReaction command, Clock clock, EntryLookup entries, BlockPolicy blocks) {
        requireStarted();
        Member member = members.require(command.by());
        String emoji = command.added() ? Emoji.require(command.emoji()) : Emoji.requireStored(command.emoji());
        PriorEntry<MessageSent> message = messageAt(command.target(), member, entries);
        Optional<PriorEntry<ReactionChanged>> last = priorEntry(
                        changes.reaction(command.by(), command.target(), emoji), ReactionChanged.class, entries)
                .filter(prior -> LatestChanges.isReaction(prior.event(), command.by(), command.target(), emoji));
        boolean there = last.isPresent() && last.get().event().added();
        if (there == command.added()) {
            // Removing a reaction that was never added changes nothing; the ack is that of the message.
            return last.map(PriorEntry::ack).orElseGet(message::ack);
        }
        requireNotRetracted(command.target());
        if (command.added()) {
            requireNotBlocked(command.by(), blocks);
        }
        return append(new ReactionChanged(id(), command.by(), command.target(), emoji, command.added(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(PinMessage command, Clock clock, EntryLookup entries, BlockPolicy blocks) {
        PriorEntry<MessageSent> message = messageToPin(command.by(), command.target(), entries);
        if (pinned.contains(command.target())) {
            return priorEntry(changes.pin(command.target()), MessagePinned.class, entries)
                    .map(PriorEntry::ack)
                    .orElseGet(message::ack);
        }
        requireNotRetracted(command.target());
        requireNotBlocked(command.by(), blocks);
        require(pinned.size() < MAX_PINS, Refusal.LIMIT_EXCEEDED);
        return append(new MessagePinned(id(), command.by(), command.target(), now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(UnpinMessage command, Clock clock, EntryLookup entries) {
        PriorEntry<MessageSent> message = messageToPin(command.by(), command.target(), entries);
        return pinned.contains(command.target())
                ? append(new MessageUnpinned(id(), command.by(), command.target(), now(clock)))
                : priorEntry(changes.pin(command.target()), MessageUnpinned.class, entries)
                        .map(PriorEntry::ack)
                        .orElseGet(message::ack);
    }

    /** A pin concerns all members, so in a group only admins may pin. */
    private PriorEntry<MessageSent> messageToPin(UserId by, long target, EntryLookup entries) {
        requireStarted();
        Member member = members.require(by);
        require(kind == ConversationKind.DIRECT || member.isAtLeast(MemberRole.ADMIN), Refusal.ROLE_REQUIRED);
        return messageAt(target, member, entries);
    }

    // Group membership

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(JoinGroup command, Clock clock, GroupPolicy policy) {
        requireStarted();
        requireGroup();
        return members.find(command.by()).map(member -> member.joined().ack()).orElseGet(() -> {
            require(joinable, Refusal.GROUP_INVITE_ONLY);
            boolean ownerless = members.size() == 0;
            EntryAck ack = join(command.by(), command.by(), clock, policy);
            if (ownerless) {
                // The last owner had left. The new member becomes the owner, because a group without one cannot be
                // managed.
                append(new MemberRoleChanged(id(), command.by(), command.by(), MemberRole.OWNER, now(clock)));
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
        return append(new MemberJoined(id(), by, user, now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(RemoveMember command, Clock clock, EntryLookup entries) {
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
        return append(new MemberLeft(id(), command.by(), command.user(), now(clock)));
    }

    /** The ack of the departure, if this user has left or was removed already. */
    private Optional<EntryAck> departure(UserId user, EntryLookup entries) {
        return priorEntry(changes.departure(user), MemberLeft.class, entries)
                .filter(prior -> prior.event().user().equals(user))
                .map(PriorEntry::ack);
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
                        .ifPresent(successor -> append(
                                new MemberRoleChanged(id(), user, successor.user(), MemberRole.OWNER, now(clock))));
            }
            append(new MemberLeft(id(), user, user, now(clock)));
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
            // Checked before the role, because a retry after handing over ownership no longer has the owner's role.
            return member.changed().ack();
        }
        require(by.isAtLeast(MemberRole.OWNER), Refusal.ROLE_REQUIRED);
        require(!by.user().equals(member.user()), Refusal.OWNER_CANNOT_LEAVE);
        EntryAck ack = append(new MemberRoleChanged(id(), command.by(), command.user(), command.role(), now(clock)));
        if (command.role() == MemberRole.OWNER) {
            append(new MemberRoleChanged(id(), command.by(), command.by(), MemberRole.ADMIN, now(clock)));
        }
        return ack;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(RenameGroup command, Clock clock, TextProtection protection) {
        requireGroupRole(command.by(), MemberRole.ADMIN);
        TextRules.requireTitle(command.title());
        TextContext context = TextProtection.titleContext(id());
        if (protection.reveal(requireNonNull(title), context).equals(Optional.of(command.title()))) {
            return titled.ack();
        }
        SealedText newTitle = protection.seal(command.by(), command.title(), context);
        return append(new GroupRenamed(id(), command.by(), newTitle, now(clock)));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    EntryAck handle(ChangeJoinability command, Clock clock) {
        requireGroupRole(command.by(), MemberRole.ADMIN);
        return joinable == command.joinable()
                ? joinability.ack()
                : append(new JoinabilityChanged(id(), command.by(), command.joinable(), now(clock)));
    }

    // Checks

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

    /** Accepts members, and users who are mentioned already, because they may have left since. */
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

    /**
     * In a direct conversation, the other account must be active to receive a message. Editing and retracting stay
     * possible.
     */
    private void requireOtherActive(UserId by, BlockPolicy blocks) {
        if (kind == ConversationKind.DIRECT) {
            members.inOrder().stream()
                    .map(Member::user)
                    .filter(user -> !user.equals(by))
                    .forEach(blocks::requireActive);
        }
    }

    /**
     * In a direct conversation, a block in either direction stops both users from sending, editing, reacting and
     * pinning. Blocks do not apply to groups.
     */
    private void requireNotBlocked(UserId by, BlockPolicy blocks) {
        if (kind == ConversationKind.DIRECT) {
            for (Member other : members.inOrder()) {
                require(
                        other.user().equals(by) || !blocks.isStopped(Interaction.WRITE, by, other.user()),
                        Refusal.BLOCKED);
            }
        }
    }

    /** The message at this position; refused if this member may not see it. */
    private PriorEntry<MessageSent> messageAt(long position, Member member, EntryLookup entries) {
        boolean visible =
                position <= head.position() && member.visibility(history).sees(position);
        require(visible, Refusal.POSITION_NOT_FOUND);
        ConversationEvent entry =
                entries.find(id(), position).orElseThrow(() -> new Refused(Refusal.POSITION_NOT_FOUND));
        if (entry instanceof MessageSent message) {
            return new PriorEntry<>(position, message);
        }
        throw new Refused(Refusal.NOT_A_MESSAGE);
    }

    /** An entry of this conversation, with its position. */
    private record PriorEntry<E extends ConversationEvent>(long position, E event) {
        EntryAck ack() {
            return new EntryAck(position, event.at());
        }
    }

    private <E extends ConversationEvent> Optional<PriorEntry<E>> priorEntry(
            OptionalLong position, Class<E> type, EntryLookup entries) {
        if (position.isEmpty()) {
            return Optional.empty();
        }
        // The entry is older than this command, so it is stored; a failed read is temporary.
        ConversationEvent entry =
                entries.find(id(), position.getAsLong()).orElseThrow(() -> new Refused(Refusal.RETRY_LATER));
        return Optional.of(entry)
                .filter(type::isInstance)
                .map(event -> new PriorEntry<>(position.getAsLong(), type.cast(event)));
    }

    private ConversationId id() {
        return requireNonNull(id);
    }

    /** The current time, but never before the newest entry; in whole milliseconds. */
    private Instant now(Clock clock) {
        return EventTime.now(clock, head.atMillis());
    }

    private EntryAck append(ConversationEvent event) {
        AggregateLifecycle.apply(event);
        return head.ack();
    }

    // Event handling

    @EventSourcingHandler
    void on(ConversationEvent event, @SequenceNumber long sequence) {
        head = new PositionAndTimestamp(sequence + 1, event.at().toEpochMilli());
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

    private void title(SealedText newTitle) {
        title = newTitle;
        titled = head;
    }

    private void joinable(boolean nowJoinable) {
        joinable = nowJoinable;
        joinability = head;
    }
}

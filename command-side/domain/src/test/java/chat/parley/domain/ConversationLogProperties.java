package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.GROUP;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
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
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.SendOutcomes.Outcome;
import chat.parley.api.port.TextProtection;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ConversationLogProperties {
    private static final int STEPS = 120;

    @Property(tries = 25)
    void positionsHaveNoGapsAndTimeNeverGoesBack(@ForAll long seed) {
        InMemoryConversations world = new InMemoryConversations(RandomCommands.MAX_MEMBERS);
        RandomCommands commands = new RandomCommands(seed);
        world.start(commands.start());
        for (int i = 0; i < STEPS; i++) {
            commands.moveTime(world.clock);
            commands.next(world.entries(GROUP).size(), command -> answer(world, command));
        }

        List<ConversationEvent> entries = world.entries(GROUP);
        assertThat(world.positions(GROUP))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList());
        assertThat(entries).isSortedAccordingTo((one, next) -> one.at().compareTo(next.at()));
        assertThat(entries).allMatch(entry -> entry.at().equals(entry.at().truncatedTo(ChronoUnit.MILLIS)));
        List<MessageSent> messages = messages(entries);
        assertThat(messages.stream().map(MessageSent::ordinal))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, messages.size()).boxed().toList());
    }

    /** For any sequence of commands: every entry changes something, and nothing changes a retracted message. */
    @Property(tries = 50)
    void everyEntryChangesSomething(@ForAll long seed) {
        InMemoryConversations world = new InMemoryConversations(RandomCommands.MAX_MEMBERS);
        RandomCommands commands = new RandomCommands(seed);
        world.start(commands.start());
        for (int i = 0; i < STEPS; i++) {
            commands.next(world.entries(GROUP).size(), command -> answer(world, command));
        }

        Map<String, Object> standing = new HashMap<>();
        for (ConversationEvent entry : world.entries(GROUP)) {
            switch (entry) {
                case MessageEdited edit -> {
                    assertThat(standing).doesNotContainKey("retracted " + edit.target());
                    assertThat(standing.put("text " + edit.target(), edit.contentHash()))
                            .isNotEqualTo(edit.contentHash());
                }
                case MessageRetracted retraction -> {
                    assertThat(standing.put("retracted " + retraction.target(), true))
                            .isNull();
                    standing.remove("pinned " + retraction.target());
                }
                case ReactionChanged reaction -> {
                    assertThat(standing).doesNotContainKey("retracted " + reaction.target());
                    String what = reaction.by() + reaction.emoji() + reaction.target();
                    assertThat(Objects.requireNonNullElse(standing.put(what, reaction.added()), false))
                            .isNotEqualTo(reaction.added());
                }
                case MemberJoined joined -> {
                    assertThat(standing.put("member " + joined.user(), true)).isNotEqualTo(true);
                    standing.put("role " + joined.user(), MemberRole.MEMBER);
                }
                case MemberLeft left ->
                    assertThat(standing.put("member " + left.user(), false)).isNotEqualTo(false);
                case MemberRoleChanged changed ->
                    assertThat(standing.put("role " + changed.user(), changed.role()))
                            .isNotEqualTo(changed.role());
                case GroupRenamed renamed -> {
                    Object title = world.protection.reveal(renamed.title(), TextProtection.titleContext(GROUP));
                    assertThat(standing.put("title", title)).isNotEqualTo(title);
                }
                case JoinabilityChanged changed ->
                    assertThat(standing.put("joinable", changed.joinable())).isNotEqualTo(changed.joinable());
                case MessagePinned pin -> {
                    assertThat(standing).doesNotContainKey("retracted " + pin.target());
                    assertThat(standing.put("pinned " + pin.target(), true)).isNotEqualTo(true);
                }
                case MessageUnpinned pin ->
                    assertThat(standing.put("pinned " + pin.target(), false)).isEqualTo(true);
                case GroupStarted started -> standing.put("joinable", started.joinable());
                case DirectStarted _, MessageSent _ -> {}
            }
        }
    }

    /** Clients retry unanswered messages late, twice and in other batches; each message has one entry. */
    @Property(tries = 25)
    void aMessageSentAnyNumberOfTimesIsOneEntryWithOneAnswer(@ForAll long seed) {
        Random random = new Random(seed);
        InMemoryConversations world = new InMemoryConversations(RandomCommands.MAX_MEMBERS);
        RandomCommands membership = new RandomCommands(seed);
        world.start(membership.start());
        List<Draft> sends = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            UserId by = membership.anyUser();
            // Few ids, so that different users choose the same ones.
            Draft draft = MessageFixtures.draft(by, new ClientMessageId("name-" + random.nextInt(STEPS)), "text");
            sends.addAll(Collections.nCopies(1 + random.nextInt(4), draft));
        }
        Collections.shuffle(sends, random);

        Map<Draft, EntryAck> answers = new HashMap<>();
        for (int from = 0; from < sends.size(); ) {
            int to = Math.min(sends.size(), from + 1 + random.nextInt(SendMessages.MAX_MESSAGES));
            List<Draft> batch = sends.subList(from, to);
            List<Outcome> outcomes = world.send(new SendMessages(GROUP, batch)).outcomes();
            for (int i = 0; i < batch.size(); i++) {
                EntryAck ack = outcomes.get(i).ack();
                EntryAck first = answers.get(batch.get(i));
                if (first != null) {
                    assertThat(ack).as("an accepted message stays accepted").isEqualTo(first);
                } else if (ack != null) {
                    answers.put(batch.get(i), ack);
                }
            }
            membership.changeMembership(command -> answer(world, command));
            from = to;
        }

        List<ConversationEvent> entries = world.entries(GROUP);
        assertThat(messages(entries).stream()
                        .collect(groupingBy(sent -> sent.by() + "/" + sent.clientMessageId()))
                        .values())
                .allMatch(same -> same.size() == 1);
        assertThat(messages(entries)).hasSameSizeAs(answers.entrySet());
        answers.forEach((draft, ack) -> assertThat(entries.get((int) ack.position() - 1))
                .isInstanceOfSatisfying(MessageSent.class, sent -> {
                    assertThat(sent.by()).isEqualTo(draft.by());
                    assertThat(sent.clientMessageId()).isEqualTo(draft.clientMessageId());
                    assertThat(sent.at()).isEqualTo(ack.at());
                }));
    }

    private static List<MessageSent> messages(List<ConversationEvent> entries) {
        return entries.stream()
                .filter(MessageSent.class::isInstance)
                .map(MessageSent.class::cast)
                .toList();
    }

    /** The answer or refusal that a client receives. */
    static Object answer(InMemoryConversations world, ConversationCommand command) {
        try {
            return command instanceof SendMessages send ? world.send(send) : world.change(command);
        } catch (Refused refused) {
            return refused.refusal();
        }
    }
}

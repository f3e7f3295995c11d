package chat.parley.push;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame.CaughtUp;
import chat.parley.wire.ServerFrame.EntryFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * Users send, edit, retract, join and leave. Then a client reconnects and gets a replay from the fan-out's buffer,
 * after a random part from the read model. It gets every entry in its final form for its user.
 */
class ReplayingRetractedMessagesTest {
    private static final int PEOPLE = 3;
    private static final int STEPS = 40;

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void everyEntryIsSentInItsCurrentForm(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        InMemoryEventFeed eventStore = new InMemoryEventFeed();
        ConversationId group = new ConversationId("c0");
        eventStore.startGroup(
                group,
                new UserId("u0"),
                "title",
                random.nextBoolean() ? HistoryAccess.SINCE_JOINED : HistoryAccess.ALL,
                new UserId("u1"));
        List<Long> messages = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            step(random, eventStore, group, messages);
        }
        for (int person = 0; person < PEOPLE; person++) {
            UserId user = new UserId("u" + person);
            long from = random.nextInt((int) eventStore.head() + 1);
            for (Entry entry : comeBack(eventStore, user, from, random)) {
                assertThat(entry)
                        .as("what %s reads from %s on", user, from)
                        .isEqualTo(expected(eventStore, group, user, entry.position()));
            }
        }
    }

    private static void step(Random random, InMemoryEventFeed eventStore, ConversationId group, List<Long> messages) {
        UserId user = new UserId("u" + random.nextInt(PEOPLE));
        int kind = random.nextInt(10);
        if (kind < 3 || messages.isEmpty()) {
            messages.add(eventStore.send(group, user, "text " + messages.size()));
        } else if (kind < 6) {
            long target = messages.get(random.nextInt(messages.size()));
            eventStore.edit(
                    group,
                    user,
                    target,
                    "edit " + random.nextInt(),
                    random.nextInt(3) == 0 ? null : List.of(new UserId("u" + random.nextInt(PEOPLE))));
        } else if (kind < 8) {
            eventStore.retract(group, user, messages.remove(random.nextInt(messages.size())));
        } else if (eventStore.visibility(group, user, eventStore.head()).isOpen()) {
            eventStore.leave(group, user, user);
        } else {
            eventStore.join(group, user, user);
        }
    }

    private static List<Entry> comeBack(InMemoryEventFeed eventStore, UserId user, long from, Random random)
            throws InterruptedException {
        LaggingReadModel readModel = new LaggingReadModel(eventStore, random);
        FakeTextProtection protection = FakeTextProtection.legible();
        FrameEncoder frames = frames(protection);
        PushMetrics metrics = new PushMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        FakeRelations relations = new FakeRelations();
        Fanout fanout = new Fanout(
                new LiveEventBuffer(1_000, 1_000_000),
                frames,
                _ -> {},
                _ -> {},
                new ReadReceipts(relations, new BlockPolicy(relations)),
                new BlockPolicy(relations),
                metrics,
                MessageTraces.OFF);
        fanout.startAfter(-1);
        try (EventFeed.Follower follower = eventStore.follow(-1)) {
            for (long index = 0; index <= eventStore.head(); index++) {
                fanout.accept(requireNonNull(follower.next(Duration.ofSeconds(1))), index < eventStore.head());
            }
        }
        FakeTransport transport = new FakeTransport();
        OutboundQueue outbound = new OutboundQueue(transport, 8_000_000, new LongAdder(), () -> {});
        Subscriber subscriber = new Subscriber(user, new DeviceId("d"), new LoginSessionId("s"), outbound, _ -> {});
        fanout.register(subscriber);
        subscriber.startAfter(from, Map.of());
        readModel.applyUpTo(from + random.nextInt((int) (eventStore.head() - from) + 1));
        boolean joined = false;
        while (!joined) {
            fanout.setMemberships(subscriber, readModel.memberships(user, -1));
            joined = fanout.goLive(subscriber, from, List.of());
            readModel.applyUpTo(eventStore.head());
        }
        assertThat(transport.frames(CaughtUp.class)).hasSize(1);
        return transport.frames(EntryFrame.class).stream()
                .map(EntryFrame::entry)
                .toList();
    }

    private static FrameEncoder frames(FakeTextProtection protection) {
        return new FrameEncoder(
                new EntryRenderer(protection), new FrameCodec(), new CursorCodec(new FakeKeyedHash(), new Epoch("e1")));
    }

    /** The expected form, computed entry by entry. */
    private static Entry expected(InMemoryEventFeed eventStore, ConversationId group, UserId user, long position) {
        List<RecordedEntry> log = eventStore.entries(group);
        Visibility visibility = eventStore.visibility(group, user, eventStore.head());
        RecordedEntry entry = log.get((int) position - 1);
        ConversationEvent event = entry.event();
        long message = event instanceof MessageEdited edit ? edit.target() : position;
        RecordedEntry edited = null;
        List<UserId> mentions = event instanceof MessageSent sent ? sent.mentions() : null;
        for (RecordedEntry later : log) {
            if (!visibility.sees(later.position())) {
                continue;
            }
            if (later.event() instanceof MessageRetracted retracted && retracted.target() == message) {
                return withoutText(event, position, later.position());
            }
            if (event instanceof MessageSent
                    && later.event() instanceof MessageEdited edit
                    && edit.target() == message) {
                edited = later;
                mentions = edit.mentions() == null ? mentions : edit.mentions();
            }
        }
        Entry plain = new EntryRenderer(FakeTextProtection.legible()).render(entry);
        return edited == null ? plain : withText((Entry.Message) plain, edited, mentions);
    }

    private static Entry withoutText(ConversationEvent event, long position, long retraction) {
        return switch (new EntryRenderer(FakeTextProtection.legible()).render(RecordedEntry.of(position, 0, event))) {
            case Entry.Message m ->
                new Entry.Message(
                        m.conversation(),
                        position,
                        m.sender(),
                        m.at(),
                        m.clientMessageId(),
                        null,
                        m.replyTo(),
                        List.of(),
                        m.ordinal(),
                        null,
                        retraction,
                        false,
                        List.of());
            case Entry.Edit e ->
                new Entry.Edit(
                        e.conversation(), position, e.sender(), e.at(), e.target(), null, null, retraction, false);
            case Entry other -> other;
        };
    }

    private static Entry withText(Entry.Message m, RecordedEntry edited, @Nullable List<UserId> mentions) {
        MessageEdited edit = (MessageEdited) edited.event();
        TextContext context = TextProtection.editContext(edit.conversation(), edit.by(), edit.target());
        return new Entry.Message(
                m.conversation(),
                m.position(),
                m.sender(),
                m.at(),
                m.clientMessageId(),
                FakeTextProtection.legible().reveal(edit.text(), context).orElseThrow(),
                m.replyTo(),
                mentions == null ? List.of() : mentions,
                m.ordinal(),
                edited.position(),
                null,
                false,
                List.of());
    }
}

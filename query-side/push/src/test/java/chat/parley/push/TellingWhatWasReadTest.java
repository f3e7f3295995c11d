package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.AccountEvent.SettingsChanged;
import chat.parley.api.ConversationId;
import chat.parley.api.ConversationKind;
import chat.parley.api.DeviceId;
import chat.parley.api.Epoch;
import chat.parley.api.HistoryAccess;
import chat.parley.api.Membership;
import chat.parley.api.Memberships;
import chat.parley.api.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.SessionId;
import chat.parley.api.Settings;
import chat.parley.api.Settings.ContactRequests;
import chat.parley.api.UserId;
import chat.parley.api.Visibility;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;

class TellingWhatWasReadTest {
    private static final ConversationId DIRECT = new ConversationId("direct");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final long START = 5;
    private static final Settings TELLING = Settings.DEFAULT;
    private static final Settings SILENT = new Settings(ContactRequests.EVERYBODY, false, true, true, null, "en");

    private final FakeVault vault = new FakeVault();
    private final Set<UserId> silent = new HashSet<>();
    private final List<Long> askedAt = new ArrayList<>();
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private final ReadReceipts receipts = new ReadReceipts(this::tellsReads, questions::add);
    private final LiveFrames frames =
            new LiveFrames(new EntryRenderer(vault), new FrameCodec(), new CursorCodec(vault, new Epoch("e1")));
    private final Fanout fanout = new Fanout(
            new Ring(100, 100_000),
            frames,
            accountWatch(),
            _ -> {},
            receipts,
            new PushMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
    private final FakeTransport phoneOfAnn;
    private final FakeTransport tabletOfAnn;
    private final FakeTransport phoneOfBen;
    private boolean broken;
    private long index = START + 1;

    TellingWhatWasReadTest() {
        fanout.startAfter(START);
        phoneOfAnn = connect(ANN);
        tabletOfAnn = connect(ANN);
        phoneOfBen = connect(BEN);
    }

    /** What it watches beside the receipts finds nobody to ask, and is not asked here. */
    private AccountWatch accountWatch() {
        SessionRegistry sessions = new SessionRegistry(10, 10);
        AxonReadModel nobody = new AxonReadModel(
                DefaultQueryGateway.builder()
                        .queryBus(SimpleQueryBus.builder().build())
                        .build(),
                1);
        return new AccountWatch(
                sessions,
                new EndedLogins(),
                new BlockCheck(nobody, Runnable::run),
                receipts,
                new Presences(
                        new InProcessDeviceRegistry(),
                        _ -> CompletableFuture.completedFuture(Optional.empty()),
                        "node",
                        30,
                        Clock.systemUTC(),
                        System::nanoTime),
                new PresenceBoard(nobody, frames, sessions, Runnable::run));
    }

    private boolean tellsReads(UserId reader, long atLeastIndex) {
        askedAt.add(atLeastIndex);
        if (broken) {
            throw new IllegalStateException("There is no read side");
        }
        return !silent.contains(reader);
    }

    @Test
    void theOtherIsToldAndAskedAboutOnlyOnce() {
        read(ANN, 1);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).isEmpty();
        answerAll();
        assertThat(reads(phoneOfBen)).containsExactlyInAnyOrder(1L, 2L);

        read(ANN, 3);
        assertThat(reads(phoneOfBen)).endsWith(3L);
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L, 3L);
        assertThat(askedAt).containsExactly(START);
    }

    @Test
    void whoDoesNotWantItIsKnownToNobodyButTheirOwnDevices() {
        silent.add(ANN);
        read(ANN, 1);
        answerAll();
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).isEmpty();
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L);
        assertThat(reads(tabletOfAnn)).containsExactly(1L, 2L);

        read(BEN, 1);
        answerAll();
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L, 1L);
    }

    @Test
    void aChangeHoldsFromItsPlaceInTheFeed() {
        changed(ANN, SILENT);
        read(ANN, 1);
        changed(ANN, TELLING);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).containsExactly(2L);
        assertThat(askedAt).isEmpty();
    }

    @Test
    void aChangeIsNotForgottenForAnOlderAnswer() {
        read(ANN, 1);
        changed(ANN, SILENT);
        answerAll();
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).doesNotContain(2L);
    }

    @Test
    void whoIsNotRememberedIsAskedAboutAsOfTheLastChange() {
        changed(BEN, SILENT);
        read(ANN, 1);
        answerAll();
        assertThat(askedAt).containsExactly(START + 1);
    }

    @Test
    void whoComesBackIsToldNoMore() {
        changed(ANN, SILENT);
        read(ANN, 1);
        read(BEN, 2);
        answerAll();
        FakeTransport tabletOfBen = connect(BEN);
        assertThat(reads(tabletOfBen)).containsExactly(2L);
        changed(ANN, TELLING);
        assertThat(reads(connect(BEN))).containsExactly(1L, 2L);
    }

    @Test
    void whoseSettingsAreNotToBeHadIsNotTold() {
        broken = true;
        read(ANN, 1);
        answerAll();
        assertThat(reads(phoneOfBen)).isEmpty();

        broken = false;
        read(ANN, 2);
        answerAll();
        assertThat(reads(phoneOfBen)).containsExactly(2L);
    }

    private void read(UserId user, long position) {
        event(DIRECT + ":" + user, new ReadMarkMoved(DIRECT, user, position, Instant.EPOCH));
    }

    private void changed(UserId user, Settings settings) {
        event(user.value(), new SettingsChanged(user, settings, Instant.EPOCH));
    }

    private void event(String aggregate, Object payload) {
        fanout.accept(new World.Stored(index, aggregate, index + 1, payload), false);
        index++;
    }

    private void answerAll() {
        for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
            question.run();
        }
    }

    private static List<Long> reads(FakeTransport transport) {
        return transport.frames(ServerFrame.Read.class).stream()
                .map(ServerFrame.Read::position)
                .toList();
    }

    /** A session that is live in the direct conversation, with what the ring has for it. */
    private FakeTransport connect(UserId user) {
        FakeTransport transport = new FakeTransport();
        Outbox outbox = new Outbox(transport, 1_000_000, new LongAdder(), () -> {});
        Subscriber subscriber = new Subscriber(user, new DeviceId("device"), new SessionId("session"), outbox, _ -> {});
        fanout.register(subscriber);
        fanout.learn(
                subscriber,
                new Memberships(
                        -1,
                        List.of(new Membership(
                                DIRECT,
                                ConversationKind.DIRECT,
                                HistoryAccess.ALL,
                                Visibility.ALL,
                                1,
                                -1,
                                0,
                                false,
                                false,
                                -1))));
        assertThat(fanout.join(subscriber, START, List.of())).isTrue();
        return transport;
    }
}

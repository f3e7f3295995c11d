package chat.parley.push.session;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.RetryAdvice;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.UnpinMessage;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.dispatch.QueuedCommand;
import chat.parley.push.fanout.CatchUpSubscription;
import chat.parley.push.fanout.StartingPoint;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.presence.ConnectedDevice;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.push.socket.ReadGate;
import chat.parley.push.socket.Transport;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CloseReason;
import chat.parley.wire.Decoded;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its opening to its end: {@code hello}, then whatever its client asks. Frames come one at a time, the
 * next only after {@link ReadGate#next}; answers and everything else go out through the outbox from any thread.
 */
public final class SocketSession implements DevicePresenceTracker.Connection {
    private static final Logger log = LoggerFactory.getLogger(SocketSession.class);

    /** How long a closed socket may take to be gone before it is cut. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final PushTier tier;
    private final Transport transport;
    private final String address;
    private final OutboundQueue outbox;
    private final ReadGate gate;
    private final RateLimits.OfSocket rates;
    private final long openedNanos = System.nanoTime();
    private final AtomicBoolean silent = new AtomicBoolean(true);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long heardNanos = openedNanos;
    private volatile Instant lastActive;
    private volatile boolean active;
    private volatile long endedNanos = openedNanos + Long.MAX_VALUE / 2;
    private volatile boolean leaving;
    private volatile boolean gaveUp;
    private volatile @Nullable Presence presence;

    public SocketSession(PushTier tier, Transport transport, String address) {
        this.tier = tier;
        this.transport = transport;
        this.address = address;
        this.outbox = new OutboundQueue(
                transport,
                tier.properties().maxQueuedBytes().toBytes(),
                tier.metrics().queuedBytes(),
                () -> end(CloseReason.SLOW_CONSUMER));
        this.gate = new ReadGate(
                transport,
                tier.limits().maxInFlight(),
                (time, work) -> CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, tier.executor())
                        .execute(work));
        this.rates = tier.rates().ofSocket();
        this.lastActive = tier.clock().instant();
        tier.registry().opened(this, address);
    }

    /** Who is there, once {@code hello} was accepted. */
    private static final class Presence {
        private final Subscriber subscriber;
        private final ReadMarks readMarks;
        private final AtomicBoolean forgotten = new AtomicBoolean();
        private volatile Instant expiresAt;

        Presence(Subscriber subscriber, ReadMarks readMarks, Instant expiresAt) {
            this.subscriber = subscriber;
            this.readMarks = readMarks;
            this.expiresAt = expiresAt;
        }

        UserId user() {
            return subscriber.user();
        }

        ConnectedDevice device() {
            return new ConnectedDevice(subscriber.user(), subscriber.device());
        }
    }

    /** Something came, if only a part of a frame. */
    public void heard() {
        heardNanos = System.nanoTime();
    }

    /** While nothing is read from it, it may say what it wants. */
    @Override
    public long heardNanos() {
        return gate.isShut() && !over.get() ? System.nanoTime() : heardNanos;
    }

    @Override
    public Optional<Instant> lastActive() {
        return active ? Optional.of(lastActive) : Optional.empty();
    }

    public void received(String text) {
        heard();
        Decoded decoded = tier.codec().decode(text);
        gate.pause(rates.frame());
        switch (decoded) {
            case Decoded.Rejected rejected -> {
                reject(rejected.ref(), rejected.refusal());
                gate.next();
            }
            case Decoded.Frame frame -> received(frame.frame());
        }
    }

    public void receivedBinary() {
        heard();
        reject(null, Refusal.BINARY_FRAME);
        gate.next();
    }

    public void receivedTooMuch() {
        refuse(null, Refusal.PAYLOAD_TOO_LARGE);
        end(CloseReason.FRAME_TOO_LARGE);
    }

    private void received(ClientFrame frame) {
        Presence known = presence;
        if (known != null) {
            received(frame, known);
        } else if (frame instanceof ClientFrame.Hello hello) {
            silentNoMore();
            tier.executor().execute(() -> enter(hello));
        } else {
            refuse(frame.ref(), Refusal.HELLO_REQUIRED);
            end(CloseReason.PROTOCOL);
        }
    }

    private void received(ClientFrame frame, Presence known) {
        if (isActivity(frame)) {
            lastActive = tier.clock().instant();
            active = true;
        }
        switch (frame) {
            case ClientFrame.Hello hello -> reject(hello.ref(), Refusal.HELLO_REPEATED);
            case ClientFrame.MessageSend send -> {
                Draft draft =
                        new Draft(known.user(), send.clientMessageId(), send.text(), send.replyTo(), send.mentions());
                ConversationId conversation = send.conversation();
                submit(
                        known,
                        send.ref(),
                        conversation,
                        true,
                        reply -> new QueuedCommand.Send(conversation, draft, reply));
            }
            case ClientFrame.MessageEdit f ->
                submit(
                        known,
                        f.ref(),
                        new EditMessage(f.conversation(), known.user(), f.position(), f.text(), f.mentions()));
            case ClientFrame.MessageRetract f ->
                submit(known, f.ref(), new RetractMessage(f.conversation(), known.user(), f.position()));
            case ClientFrame.MessagePin f ->
                submit(known, f.ref(), new PinMessage(f.conversation(), known.user(), f.position()));
            case ClientFrame.MessageUnpin f ->
                submit(known, f.ref(), new UnpinMessage(f.conversation(), known.user(), f.position()));
            case ClientFrame.ReactionAdd f ->
                submit(
                        known,
                        f.ref(),
                        new ChangeReaction(f.conversation(), known.user(), f.position(), f.emoji(), true));
            case ClientFrame.ReactionRemove f ->
                submit(
                        known,
                        f.ref(),
                        new ChangeReaction(f.conversation(), known.user(), f.position(), f.emoji(), false));
            case ClientFrame.Read read -> {
                inTurn(() -> read(known, read));
                return;
            }
            case ClientFrame.Typing typing -> {
                inTurn(() -> typing(known, typing));
                return;
            }
            case ClientFrame.PresenceWatch watch -> {
                inTurn(() -> watch(known, watch));
                return;
            }
            case ClientFrame.PresenceUnwatch unwatch -> {
                tier.board().unwatch(known.subscriber, unwatch.users());
                answer(unwatch.ref(), Optional.empty());
            }
            case ClientFrame.PresenceSet set -> {
                gate.asked();
                var _ = tier.presences().set(known.device(), set.status()).thenAccept(refusal -> {
                    answer(set.ref(), refusal);
                    gate.answered();
                });
            }
            case ClientFrame.Heartbeat heartbeat -> {
                outbox.offer(tier.frames().of(new ServerFrame.Heartbeat()));
                answer(heartbeat.ref(), Optional.empty());
            }
            case ClientFrame.Authenticate authenticate -> {
                tier.executor().execute(() -> authenticate(known, authenticate));
                return;
            }
            case ClientFrame.Bye bye -> {
                tier.executor().execute(() -> leave(known, bye));
                return;
            }
        }
        gate.next();
    }

    /** Whether somebody does something; the rest comes from clients by themselves, above all when they come back. */
    private static boolean isActivity(ClientFrame frame) {
        return switch (frame) {
            case ClientFrame.MessageSend _,
                    ClientFrame.MessageEdit _,
                    ClientFrame.MessageRetract _,
                    ClientFrame.MessagePin _,
                    ClientFrame.MessageUnpin _,
                    ClientFrame.ReactionAdd _,
                    ClientFrame.ReactionRemove _,
                    ClientFrame.Read _,
                    ClientFrame.Typing _ -> true;
            case ClientFrame.Hello _,
                    ClientFrame.Heartbeat _,
                    ClientFrame.Authenticate _,
                    ClientFrame.Bye _,
                    ClientFrame.PresenceSet _,
                    ClientFrame.PresenceWatch _,
                    ClientFrame.PresenceUnwatch _ -> false;
        };
    }

    /** Does what waits for its turn at the fan-out, then reads on. */
    private void inTurn(Runnable work) {
        tier.executor().execute(() -> {
            try {
                work.run();
                gate.next();
            } catch (RuntimeException failed) {
                log.warn("A frame could not be dealt with: {}", ExceptionSummary.describe(failed));
                end(CloseReason.INTERNAL);
            }
        });
    }

    /** The beginning, on a thread that may wait. */
    private void enter(ClientFrame.Hello hello) {
        try {
            AuthenticatedClient identity = tier.tokens().verify(hello.token());
            if (identity.device() != null && !identity.device().equals(hello.device())) {
                throw new Refused(Refusal.FORBIDDEN);
            }
            StartingPoint start = startingPoint(hello);
            Subscriber subscriber =
                    new Subscriber(identity.user(), hello.device(), identity.login(), outbox, this::end);
            tier.registry().enter(subscriber, () -> lastActive);
            ReadMarks readMarks = new ReadMarks(
                    identity.user(), tier.commands(), tier.executor(), (ref, refusal) -> answer(ref, refusal));
            presence = new Presence(subscriber, readMarks, identity.expiresAt());
            tier.metrics().sessionOpened();
            if (over.get()) {
                // It was closed while it said hello, and its cleaning up may have found nobody to clean up after.
                forget();
                return;
            }
            // Again, now that nobody can be logged out without this session being told.
            tier.tokens().verify(hello.token());
            outbox.send(tier.frames().of(welcome(identity)));
            answer(hello.ref(), Optional.empty());
            gate.next();
            tier.presences().connected(presence.device(), identity.login(), this);
            tier.board().enter(subscriber);
            new CatchUpSubscription(subscriber, start, tier.fanout(), tier.readModel(), tier.frames(), tier.metrics())
                    .run();
            tier.board().attend(subscriber);
        } catch (Refused refused) {
            notEntered(hello, refused.refusal());
        } catch (InterruptedException stopped) {
            end(CloseReason.DRAINING);
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn("A session could not be brought up to date: {}", ExceptionSummary.describe(failed));
            end(CloseReason.INTERNAL);
        } finally {
            // What was forgotten meanwhile may have come back.
            Presence known = presence;
            if (known != null && over.get()) {
                leavePresence(known);
            }
        }
    }

    private void notEntered(ClientFrame.Hello hello, Refusal refusal) {
        refuse(hello.ref(), refusal);
        switch (refusal) {
            case TOKEN_INVALID, TOKEN_EXPIRED -> end(CloseReason.UNAUTHENTICATED);
            case FORBIDDEN -> end(CloseReason.FORBIDDEN);
            // Another hello, without that cursor, is welcome.
            case CURSOR_INVALID -> gate.next();
            default -> end(CloseReason.INTERNAL);
        }
    }

    private StartingPoint startingPoint(ClientFrame.Hello hello) {
        if (hello.cursor() != null) {
            try {
                return new StartingPoint.AfterIndex(
                        tier.cursors().decode(hello.cursor()).index());
            } catch (Refused refused) {
                if (refused.refusal() == Refusal.CURSOR_EXPIRED) {
                    return new StartingPoint.Resync();
                }
                throw refused;
            }
        }
        return StartingPoint.of(hello.positions());
    }

    private ServerFrame welcome(AuthenticatedClient identity) {
        return new ServerFrame.Welcome(
                identity.login(),
                identity.user(),
                tier.properties().node(),
                tier.properties().heartbeatSeconds(),
                tier.properties().offlineAfterSeconds(),
                new ServerFrame.Limits(
                        FrameCodec.MAX_FRAME_BYTES,
                        FrameCodec.MAX_TEXT_CHARACTERS,
                        tier.limits().maxInFlight()),
                tier.epoch().value());
    }

    private void authenticate(Presence known, ClientFrame.Authenticate frame) {
        try {
            AuthenticatedClient identity = tier.tokens().verify(frame.token());
            if (!identity.user().equals(known.user())
                    || (identity.device() != null && !identity.login().equals(known.subscriber.login()))) {
                throw new Refused(Refusal.FORBIDDEN);
            }
            known.expiresAt = identity.expiresAt();
            answer(frame.ref(), Optional.empty());
        } catch (Refused refused) {
            reject(frame.ref(), refused.refusal());
        } catch (RuntimeException failed) {
            log.warn("A token could not be looked at: {}", ExceptionSummary.describe(failed));
            refuse(frame.ref(), Refusal.INTERNAL_ERROR);
        }
        gate.next();
    }

    /** Logs out, after everything that was asked before has been answered. */
    private void leave(Presence known, ClientFrame.Bye bye) {
        try {
            gate.awaitIdle(tier.commands().timeout());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        // The event of the logout will come by too; it must not cut the answer off.
        leaving = true;
        Subscriber subscriber = known.subscriber;
        EndSession command = new EndSession(subscriber.user(), subscriber.device(), subscriber.login());
        try {
            tier.commands().send(command);
        } catch (Refused refused) {
            stay(bye, refused.refusal());
            return;
        }
        tier.tokens().end(subscriber.login(), tier.clock().instant());
        if (isForgotten(subscriber.login())) {
            answer(bye.ref(), Optional.empty());
            end(CloseReason.LOGGED_OUT);
        } else {
            stay(bye, Refusal.OUTCOME_UNKNOWN);
        }
    }

    private boolean isForgotten(LoginSessionId login) {
        try {
            tier.logins().forget(login);
            return true;
        } catch (RuntimeException failed) {
            log.warn("A logout did not reach the vault", failed);
            return false;
        }
    }

    private void stay(ClientFrame.Bye bye, Refusal refusal) {
        leaving = false;
        refuse(bye.ref(), refusal);
        gate.next();
    }

    private void read(Presence known, ClientFrame.Read frame) {
        Optional<Refusal> refusal = tier.fanout().whyNotRead(known.subscriber, frame.conversation(), frame.position());
        if (refusal.isPresent()) {
            refuse(frame.ref(), refusal.get());
        } else {
            known.readMarks.move(frame.conversation(), frame.position(), frame.ref(), System.nanoTime());
        }
    }

    private void watch(Presence known, ClientFrame.PresenceWatch frame) {
        try {
            boolean watched = tier.board().watch(known.subscriber, frame.users());
            answer(frame.ref(), watched ? Optional.empty() : Optional.of(Refusal.LIMIT_EXCEEDED));
        } catch (Refused refused) {
            refuse(frame.ref(), refused.refusal());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void typing(Presence known, ClientFrame.Typing frame) {
        Duration interval = Duration.ofSeconds(tier.limits().typingSeconds());
        answer(frame.ref(), tier.fanout().typing(known.subscriber, frame.conversation(), interval));
    }

    private void submit(Presence known, String ref, ConversationCommand command) {
        submit(
                known,
                ref,
                command.conversation(),
                false,
                reply -> new QueuedCommand.Other<>(command, EntryAck.class, reply));
    }

    private void submit(
            Presence known,
            String ref,
            ConversationId conversation,
            boolean isMessage,
            Function<QueuedCommand.Reply<EntryAck>, QueuedCommand> job) {
        gate.pause(rates.message(known.user()));
        gate.asked();
        tier.lanes().submit(job.apply(new CommandReply(ref, conversation, isMessage)));
    }

    private final class CommandReply implements QueuedCommand.Reply<EntryAck> {
        private final String ref;
        private final ConversationId conversation;
        private final boolean isMessage;

        CommandReply(String ref, ConversationId conversation, boolean isMessage) {
            this.ref = ref;
            this.conversation = conversation;
            this.isMessage = isMessage;
        }

        @Override
        public void accepted(EntryAck ack) {
            if (isMessage) {
                tier.metrics().accepted();
            }
            outbox.send(tier.frames().of(new ServerFrame.Ack(ref, conversation, ack.position(), ack.at())));
            gate.answered();
        }

        @Override
        public void refused(Refusal refusal) {
            if (isMessage && refusal == Refusal.OUTCOME_UNKNOWN) {
                refuse(ref, refusal, RetryAdvice.MESSAGE.detail());
            } else {
                refuse(ref, refusal);
            }
            gate.answered();
        }

        /** What the client has sent after it may be on its way already, and would be stored before it. */
        @Override
        public void givenUp(Refusal refusal) {
            gaveUp = true;
            refused(refusal);
            end(CloseReason.INTERNAL);
        }

        @Override
        public boolean isPointless() {
            return gaveUp;
        }

        @Override
        public boolean keepsOrder() {
            return true;
        }
    }

    private void answer(@Nullable String ref, Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            refuse(ref, refusal.get());
        } else if (ref != null) {
            outbox.send(tier.frames().of(new ServerFrame.Ack(ref, null, null, null)));
        }
    }

    /** Refuses what no client sends; whoever goes on with it is closed. */
    private void reject(@Nullable String ref, Refusal refusal) {
        refuse(ref, refusal);
        if (rates.isAbusive()) {
            end(CloseReason.RATE_LIMITED);
        }
    }

    /** Refuses what a client may well ask, such as the messages it kept for a group that it has been removed from. */
    private void refuse(@Nullable String ref, Refusal refusal) {
        refuse(ref, refusal, refusal == Refusal.OUTCOME_UNKNOWN ? RetryAdvice.ANYTHING_ELSE.detail() : refusal.title());
    }

    private void refuse(@Nullable String ref, Refusal refusal, String detail) {
        tier.metrics().refused(refusal);
        outbox.send(tier.frames().of(ServerFrame.ErrorFrame.of(ref, refusal, detail)));
    }

    /** Once a second. */
    void tick(Instant now) {
        if (over.get()) {
            if (isOver(CLOSE_PATIENCE, endedNanos)) {
                transport.abort();
                tier.registry().closed(this);
            }
            return;
        }
        Presence known = presence;
        if (known == null) {
            if (isOver(tier.properties().helloTimeout(), openedNanos)) {
                end(CloseReason.HELLO_TIMEOUT);
            }
            return;
        }
        if (!now.isBefore(known.expiresAt)) {
            refuse(null, Refusal.TOKEN_EXPIRED);
            end(CloseReason.UNAUTHENTICATED);
        } else if (!gate.isShut() && isOver(Duration.ofSeconds(tier.properties().offlineAfterSeconds()), heardNanos)) {
            end(CloseReason.SILENT);
        } else {
            known.readMarks.tick(System.nanoTime());
        }
    }

    /** By a clock that nobody sets. */
    private static boolean isOver(Duration time, long sinceNanos) {
        return System.nanoTime() - sinceNanos > time.toNanos();
    }

    /** Asks the client to go elsewhere. */
    void goAway(ServerFrame.Goaway frame) {
        outbox.send(tier.frames().of(frame));
    }

    /** Whether everything that its client asked is answered. */
    boolean isIdle() {
        return over.get() || gate.isIdle();
    }

    /** Ends the session from our side; what is in the outbox goes out first. From any thread, and waits for nothing. */
    void end(CloseReason reason) {
        if (leaving && reason == CloseReason.UNAUTHENTICATED) {
            return;
        }
        if (over.compareAndSet(false, true)) {
            endedNanos = System.nanoTime();
            outbox.close();
            transport.close(reason);
            tier.executor().execute(this::forget);
        }
    }

    /** The socket is closed. */
    public void closed() {
        tier.registry().closed(this);
        if (over.compareAndSet(false, true)) {
            outbox.close();
            tier.executor().execute(this::forget);
        }
    }

    private void forget() {
        silentNoMore();
        Presence known = presence;
        if (known == null) {
            return;
        }
        if (known.forgotten.compareAndSet(false, true)) {
            tier.registry().leave(known.subscriber);
            tier.fanout().forget(known.subscriber);
            leavePresence(known);
            known.readMarks.flush();
            tier.metrics().sessionClosed();
        }
    }

    private void leavePresence(Presence known) {
        tier.board().forget(known.subscriber);
        tier.presences().disconnected(known.device(), this);
    }

    private void silentNoMore() {
        if (silent.compareAndSet(true, false)) {
            tier.registry().silentNoMore(this, address);
        }
    }
}

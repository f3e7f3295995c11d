package chat.parley.push.session;

import chat.parley.api.ExceptionSummary;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
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
import chat.parley.api.tracing.MessageTraces;
import chat.parley.api.tracing.MessageTraces.Step;
import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.dispatch.QueuedCommand;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.presence.DevicePresenceTracker;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.CloseReason;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the frames of clients whose {@code hello} was accepted, with one method per type of frame.
 *
 * <p>Threading: the thread that reads the socket calls {@link #dispatch}, which never blocks. A frame whose handling
 * may block runs on a virtual thread, and the next frame of its socket is read afterwards.
 */
public final class ClientFrameDispatcher {
    private static final Logger log = LoggerFactory.getLogger(ClientFrameDispatcher.class);

    private final ConversationCommandQueue commands;
    private final Fanout fanout;
    private final DevicePresenceTracker devices;
    private final PresenceSubscriptions presences;
    private final LoginFrameHandler logins;
    private final Duration typingInterval;
    private final BiConsumer<ConversationId, UserId> otherNodes;
    private final PushMetrics metrics;
    private final MessageTraces traces;
    private final Executor executor;

    /**
     * @param otherNodes passes on who types
     * @param executor   virtual threads
     */
    public ClientFrameDispatcher(
            ConversationCommandQueue commands,
            Fanout fanout,
            DevicePresenceTracker devices,
            PresenceSubscriptions presences,
            LoginFrameHandler logins,
            Duration typingInterval,
            BiConsumer<ConversationId, UserId> otherNodes,
            PushMetrics metrics,
            MessageTraces traces,
            Executor executor) {
        this.commands = commands;
        this.fanout = fanout;
        this.devices = devices;
        this.presences = presences;
        this.logins = logins;
        this.typingInterval = typingInterval;
        this.otherNodes = otherNodes;
        this.metrics = metrics;
        this.traces = traces;
        this.executor = executor;
    }

    void dispatch(SocketSession session, ConnectedClient client, ClientFrame frame) {
        if (changesSomething(frame)) {
            try {
                client.identity().requireParticipant();
            } catch (Refused refused) {
                session.replies().refuse(frame.ref(), refused.refusal(), refused.detail());
                session.flow().frameHandled();
                return;
            }
        }
        if (isActivity(frame)) {
            session.userWasActive();
        }
        switch (frame) {
            case ClientFrame.Hello f -> hello(session, f);
            case ClientFrame.MessageSend f -> send(session, client, f);
            case ClientFrame.MessageEdit f -> edit(session, client, f);
            case ClientFrame.MessageRetract f -> retract(session, client, f);
            case ClientFrame.MessagePin f -> pin(session, client, f);
            case ClientFrame.MessageUnpin f -> unpin(session, client, f);
            case ClientFrame.ReactionAdd f -> addReaction(session, client, f);
            case ClientFrame.ReactionRemove f -> removeReaction(session, client, f);
            case ClientFrame.Read f -> handleBlocking(session, () -> read(session, client, f));
            case ClientFrame.Typing f -> handleBlocking(session, () -> typing(session, client, f));
            case ClientFrame.PresenceWatch f -> handleBlocking(session, () -> watch(session, client, f));
            case ClientFrame.PresenceUnwatch f -> unwatch(session, client, f);
            case ClientFrame.PresenceSet f -> setPresence(session, client, f);
            case ClientFrame.Heartbeat f -> heartbeat(session, f);
            case ClientFrame.Authenticate f -> executor.execute(() -> logins.authenticate(session, client, f));
            case ClientFrame.Bye f -> executor.execute(() -> logins.bye(session, client, f));
        }
    }

    /**
     * Whether the frame is an activity of the user. Clients send the other frames by themselves, mainly when they
     * reconnect.
     */
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

    /** Whether other users may notice the frame, beside by the presence of a connected device. */
    private static boolean changesSomething(ClientFrame frame) {
        return isActivity(frame) || frame instanceof ClientFrame.PresenceSet;
    }

    private static void hello(SocketSession session, ClientFrame.Hello frame) {
        session.replies().reject(frame.ref(), Refusal.HELLO_REPEATED);
        session.flow().frameHandled();
    }

    private void send(SocketSession session, ConnectedClient client, ClientFrame.MessageSend frame) {
        Draft draft =
                new Draft(client.user(), frame.clientMessageId(), frame.text(), frame.replyTo(), frame.mentions());
        Step trace = traces.frame(frame.conversation(), frame.clientMessageId());
        QueuedCommand.Reply<EntryAck> reply =
                new ConversationCommandReply(session, metrics, frame.ref(), frame.conversation(), true, trace);
        submit(session, client, new QueuedCommand.Send(frame.conversation(), draft, reply));
    }

    private void edit(SocketSession session, ConnectedClient client, ClientFrame.MessageEdit f) {
        submit(
                session,
                client,
                f.ref(),
                new EditMessage(f.conversation(), client.user(), f.position(), f.text(), f.mentions()));
    }

    private void retract(SocketSession session, ConnectedClient client, ClientFrame.MessageRetract f) {
        submit(session, client, f.ref(), new RetractMessage(f.conversation(), client.user(), f.position()));
    }

    private void pin(SocketSession session, ConnectedClient client, ClientFrame.MessagePin f) {
        submit(session, client, f.ref(), new PinMessage(f.conversation(), client.user(), f.position()));
    }

    private void unpin(SocketSession session, ConnectedClient client, ClientFrame.MessageUnpin f) {
        submit(session, client, f.ref(), new UnpinMessage(f.conversation(), client.user(), f.position()));
    }

    private void addReaction(SocketSession session, ConnectedClient client, ClientFrame.ReactionAdd f) {
        submit(
                session,
                client,
                f.ref(),
                new ChangeReaction(f.conversation(), client.user(), f.position(), f.emoji(), true));
    }

    private void removeReaction(SocketSession session, ConnectedClient client, ClientFrame.ReactionRemove f) {
        submit(
                session,
                client,
                f.ref(),
                new ChangeReaction(f.conversation(), client.user(), f.position(), f.emoji(), false));
    }

    private void submit(SocketSession session, ConnectedClient client, String ref, ConversationCommand command) {
        QueuedCommand.Reply<EntryAck> reply =
                new ConversationCommandReply(session, metrics, ref, command.conversation(), false, Step.NONE);
        submit(session, client, new QueuedCommand.Other<>(command, EntryAck.class, reply));
    }

    private void submit(SocketSession session, ConnectedClient client, QueuedCommand command) {
        session.flow().delay(session.rates().message(client.user()));
        session.flow().requestStarted();
        commands.submit(command);
        session.flow().frameHandled();
    }

    /** Handles a frame that waits for the fan-out or the read model. */
    private void handleBlocking(SocketSession session, Runnable handling) {
        executor.execute(() -> {
            try {
                handling.run();
                session.flow().frameHandled();
            } catch (RuntimeException failed) {
                log.warn(
                        "A frame could not be handled, so its socket is closed: {}", ExceptionSummary.describe(failed));
                session.end(CloseReason.INTERNAL);
            }
        });
    }

    private void read(SocketSession session, ConnectedClient client, ClientFrame.Read frame) {
        Optional<Refusal> refusal = fanout.refusalToRead(client.subscriber(), frame.conversation(), frame.position());
        if (refusal.isPresent()) {
            session.replies().refuse(frame.ref(), refusal.get());
        } else {
            client.readMarks().move(frame.conversation(), frame.position(), frame.ref(), System.nanoTime());
        }
    }

    private void typing(SocketSession session, ConnectedClient client, ClientFrame.Typing frame) {
        session.replies()
                .answer(
                        frame.ref(),
                        fanout.typing(client.subscriber(), frame.conversation(), typingInterval, otherNodes));
    }

    private void watch(SocketSession session, ConnectedClient client, ClientFrame.PresenceWatch frame) {
        try {
            boolean watched = presences.watch(client.subscriber(), frame.users());
            session.replies().answer(frame.ref(), watched ? Optional.empty() : Optional.of(Refusal.LIMIT_EXCEEDED));
        } catch (Refused refused) {
            session.replies().refuse(frame.ref(), refused.refusal());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void unwatch(SocketSession session, ConnectedClient client, ClientFrame.PresenceUnwatch frame) {
        presences.unwatch(client.subscriber(), frame.users());
        session.replies().answer(frame.ref(), Optional.empty());
        session.flow().frameHandled();
    }

    private void setPresence(SocketSession session, ConnectedClient client, ClientFrame.PresenceSet frame) {
        session.flow().requestStarted();
        var _ = devices.set(client.device(), frame.status()).thenAccept(refusal -> {
            session.replies().answer(frame.ref(), refusal);
            session.flow().requestAnswered();
        });
        session.flow().frameHandled();
    }

    private static void heartbeat(SocketSession session, ClientFrame.Heartbeat frame) {
        session.replies().offer(new ServerFrame.Heartbeat());
        session.replies().answer(frame.ref(), Optional.empty());
        session.flow().frameHandled();
    }
}

package chat.parley.app.demo;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.PinMessage;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Started;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.app.demo.Story.Person;
import chat.parley.app.demo.Story.Talk;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.account.SignUp;
import chat.parley.identity.password.CredentialLookup;
import chat.parley.identity.password.Credentials.Credential;
import chat.parley.identity.password.Passwords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a story with the commands that clients use. Each step can be repeated without effect, because conversations and
 * messages have ids that follow from the story. A telling that a crash has interrupted is therefore repeated from its
 * beginning.
 */
final class Storyteller {
    private static final String ID = "demo-%s";
    private static final String REASON = "The demonstration (parley.demo)";

    private final SignUp signUp;
    private final CredentialLookup credentials;
    private final Passwords passwords;
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;
    private final KeyedHash hash;

    Storyteller(
            SignUp signUp,
            CredentialLookup credentials,
            Passwords passwords,
            CommandDispatcher commands,
            ReadModelClient readModel,
            KeyedHash hash) {
        this.signUp = signUp;
        this.credentials = credentials;
        this.passwords = passwords;
        this.commands = commands;
        this.readModel = readModel;
        this.hash = hash;
    }

    /** @throws Refused if a step has failed; the steps before it remain */
    void tell(Story story, String password) {
        Map<String, UserId> users = new HashMap<>();
        story.people().forEach(person -> users.put(person.username(), account(person, password)));
        story.people().forEach(person -> grantRoles(users.get(person.username()), person.roles()));
        // Conversations are started with people whom the read side knows.
        readModel.catchUp();
        story.talks().forEach(talk -> new Telling(talk, users).tell());
    }

    private UserId account(Person person, String password) {
        try {
            return signUp.signUp(person.username(), password, person.displayName());
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.USERNAME_TAKEN) {
                return ofAnEarlierTelling(person.username(), password).orElseThrow(() -> refused);
            }
            throw refused;
        }
    }

    private Optional<UserId> ofAnEarlierTelling(String username, String password) {
        return credentials
                .find(username)
                .filter(known -> passwords.match(password, Optional.of(known.passwordHash())))
                .map(Credential::user);
    }

    private void grantRoles(@Nullable UserId user, List<SystemRole> roles) {
        UserId holder = Objects.requireNonNull(user);
        roles.forEach(role -> commands.send(new GrantRole(holder, role, holder, REASON)));
    }

    /** One conversation while it is told. */
    private final class Telling {
        private final Talk talk;
        private final Map<String, UserId> users;
        private final Map<String, Long> named = new HashMap<>();
        private final ConversationId conversation;

        Telling(Talk talk, Map<String, UserId> users) {
            this.talk = talk;
            this.users = users;
            this.conversation = talk.title() == null
                    ? hash.directConversation(user(talk.by()), user(talk.with().getFirst()))
                    : new ConversationId("g" + hash.of(Purpose.STARTED_GROUP, ID.formatted(talk.name())));
        }

        void tell() {
            start();
            long head = 0;
            for (int i = 0; i < talk.steps().size(); i++) {
                head = Math.max(head, perform(talk.steps().get(i), i).position());
            }
            for (String reader : talk.readBy()) {
                commands.send(new MoveReadMark(new ReadMarkId(conversation, user(reader)), head));
            }
        }

        private void start() {
            UserId by = user(talk.by());
            List<UserId> others = talk.with().stream().map(this::user).toList();
            commands.send(
                    talk.title() == null
                            ? new StartDirect(conversation, by, others.getFirst())
                            : new StartGroup(conversation, by, talk.title(), others, true, HistoryAccess.ALL),
                    Started.class);
        }

        private EntryAck perform(Story.Step step, int number) {
            UserId by = user(step.by());
            return switch (step) {
                case Story.Say say -> {
                    EntryAck ack = commands.send(conversation, draft(by, say, number));
                    if (say.as() != null) {
                        named.put(say.as(), ack.position());
                    }
                    yield ack;
                }
                case Story.Edit edit ->
                    send(new EditMessage(
                            conversation, by, position(edit.edits()), edit.into(), mentioned(edit.into())));
                case Story.Retract retract -> send(new RetractMessage(conversation, by, position(retract.retracts())));
                case Story.React react ->
                    send(new ChangeReaction(conversation, by, position(react.to()), react.reacts(), true));
                case Story.Pin pin -> send(new PinMessage(conversation, by, position(pin.pins())));
            };
        }

        private Draft draft(UserId by, Story.Say say, int number) {
            ClientMessageId id = new ClientMessageId(ID.formatted(talk.name() + "-" + number));
            Long answered = say.answers() == null ? null : Long.valueOf(position(say.answers()));
            return new Draft(by, id, say.says(), answered, mentioned(say.says()));
        }

        private List<UserId> mentioned(String text) {
            return users.keySet().stream()
                    .sorted()
                    .filter(username -> text.contains("@" + username))
                    .map(this::user)
                    .toList();
        }

        private EntryAck send(Object command) {
            return commands.send(command, EntryAck.class);
        }

        private UserId user(String username) {
            return Objects.requireNonNull(users.get(username), username);
        }

        private long position(String name) {
            return Objects.requireNonNull(named.get(name), name);
        }
    }
}

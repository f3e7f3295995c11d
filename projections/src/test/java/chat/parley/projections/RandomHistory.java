package chat.parley.projections;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.SealedEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Maps numbers to events of two groups and a direct conversation. All are valid, except changes of retracted messages,
 * which an old store may contain, and reactions and pins by users who are no members.
 */
final class RandomHistory {
    static final List<UserId> USERS =
            IntStream.range(0, 5).mapToObj(i -> new UserId("u" + i)).toList();
    static final ConversationId SINCE = new ConversationId("since");
    static final ConversationId ALL = new ConversationId("all");
    static final ConversationId DIRECT = new ConversationId("direct");
    static final List<ConversationId> CONVERSATIONS = List.of(SINCE, ALL, DIRECT);
    private static final SealedEvents SEALED = new SealedEvents(FakeTextProtection.legible());
    private static final int KINDS = 20;
    private static final String LONG = "long ".repeat(1_000);

    private final Consumer<Object> events;
    private final Map<ConversationId, Talk> talks = new LinkedHashMap<>();
    private int ticks;

    RandomHistory(Consumer<Object> events) {
        this.events = events;
        for (ConversationId id : CONVERSATIONS) {
            talks.put(id, new Talk(id));
        }
        talk(SINCE).started(HistoryAccess.SINCE_JOINED);
        talk(ALL).started(HistoryAccess.ALL);
        talk(DIRECT).startedDirect();
    }

    private Talk talk(ConversationId id) {
        return talks.getOrDefault(id, new Talk(id));
    }

    void play(List<Integer> numbers) {
        numbers.forEach(this::play);
    }

    void play(int number) {
        Talk talk = talk(CONVERSATIONS.get(number % CONVERSATIONS.size()));
        int rest = number / CONVERSATIONS.size();
        talk.step(rest % KINDS, rest / KINDS);
    }

    private Instant now() {
        return Instant.ofEpochMilli(1_000_000L + ticks++);
    }

    static MessageSent message(
            ConversationId conversation, UserId by, String id, String text, long ordinal, List<UserId> mentions) {
        return message(conversation, by, id, text, ordinal, mentions, Instant.ofEpochMilli(1_000_000));
    }

    static MessageSent message(
            ConversationId conversation,
            UserId by,
            String id,
            String text,
            long ordinal,
            List<UserId> mentions,
            Instant at) {
        return SEALED.message(conversation, by, id, text, ordinal, null, mentions, at);
    }

    private final class Talk {
        private final ConversationId id;
        private final Set<UserId> members = new LinkedHashSet<>();
        private final List<Said> said = new ArrayList<>();
        private final Map<UserId, Long> marks = new HashMap<>();
        private long head;
        private long ordinal;

        Talk(ConversationId id) {
            this.id = id;
        }

        private record Said(long position, UserId by) {}

        private void add(Object event) {
            head++;
            events.accept(event);
        }

        void started(HistoryAccess history) {
            members.addAll(USERS.subList(0, 3));
            add(new GroupStarted(id, USERS.get(0), title("first"), USERS.subList(1, 3), true, history, now()));
        }

        void startedDirect() {
            members.addAll(USERS.subList(0, 2));
            add(new DirectStarted(id, USERS.get(0), USERS.get(1), now()));
        }

        private SealedText title(String text) {
            return SEALED.title(id, USERS.get(0), text);
        }

        void step(int kind, int number) {
            UserId anybody = USERS.get(number % USERS.size());
            if (kind <= 8) {
                say(number, kind == 8 ? LONG + number : "text " + number);
            } else if (kind <= 12) {
                change(kind, number, anybody);
            } else if (kind <= 14) {
                mark(anybody, number);
            } else if (kind == 15) {
                events.accept(
                        new PreferencesChanged(id, anybody, number % 2 == 0, number % 3 == 0, number % 5 == 0, now()));
            } else if (!id.equals(DIRECT)) {
                group(kind, number, anybody);
            }
        }

        private UserId member(int number) {
            return List.copyOf(members).get(number % members.size());
        }

        private void say(int number, String text) {
            UserId by = member(number);
            ordinal++;
            MessageSent sent = message(
                    id,
                    by,
                    id + "-" + ordinal,
                    text,
                    ordinal,
                    number % 3 == 0 ? members.stream().limit(1 + number % 2).toList() : List.of(),
                    now());
            add(sent);
            said.add(new Said(head, by));
        }

        private void change(int kind, int number, UserId anybody) {
            if (said.isEmpty()) {
                return;
            }
            Said target = said.get(number % said.size());
            if (kind <= 10) {
                String text = "edit " + number + (number % 2 == 0 ? LONG : "");
                add(SEALED.edit(id, target.by, target.position, text, mentions(number), now()));
            } else if (kind == 11) {
                add(new MessageRetracted(id, target.by, target.position, now()));
                if (number % 4 > 0) {
                    said.remove(target);
                }
            } else if (number % 4 > 1) {
                add(new ReactionChanged(
                        id, anybody, target.position, number % 8 > 3 ? "x" : "y", number % 2 == 0, now()));
            } else {
                add(
                        number % 4 == 0
                                ? new MessagePinned(id, anybody, target.position, now())
                                : new MessageUnpinned(id, anybody, target.position, now()));
            }
        }

        /** No mentions, absent ones as in revision 1, or the first or last members. */
        private @Nullable List<UserId> mentions(int number) {
            return switch (number % 5) {
                case 0 -> null;
                case 1 -> List.of();
                case 2 -> members.stream().skip(members.size() / 2).toList();
                default -> members.stream().limit(number % 3).toList();
            };
        }

        private void mark(UserId user, int number) {
            long position = 1 + number % head;
            if (position > marks.getOrDefault(user, 0L)) {
                marks.put(user, position);
                events.accept(new ReadMarkMoved(id, user, position, now()));
            }
        }

        private void group(int kind, int number, UserId anybody) {
            if (kind <= 17) {
                joinOrLeave(anybody);
            } else if (kind == 18) {
                add(new GroupRenamed(id, member(number), title("title " + number), now()));
            } else if (number % 2 == 0) {
                add(new MemberRoleChanged(id, member(0), member(number), MemberRole.ADMIN, now()));
            } else {
                add(new JoinabilityChanged(id, member(0), number % 3 == 0, now()));
            }
        }

        private void joinOrLeave(UserId user) {
            if (!members.contains(user)) {
                members.add(user);
                add(new MemberJoined(id, user, user, now()));
            } else if (members.size() > 1) {
                members.remove(user);
                add(new MemberLeft(id, user, user, now()));
            }
        }
    }
}

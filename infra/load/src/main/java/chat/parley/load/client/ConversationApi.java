package chat.parley.load.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Conversations and their members, over REST. */
public final class ConversationApi {
    private static final int PAGE = 200;
    private static final int FIND_ATTEMPTS = 10;
    private static final long POLL_MS = 300;

    private final RestClient rest;
    private final Duration patience;
    private final AtomicInteger uncertainStarts = new AtomicInteger();

    public ConversationApi(RestClient rest, Duration patience) {
        this.rest = rest;
        this.patience = patience;
    }

    /** The number of groups that may have been started twice because the first answer was lost. */
    public int uncertainStarts() {
        return uncertainStarts.get();
    }

    /**
     * Starts a group that anybody may join. The API has no idempotency key for this, so after an unknown outcome the
     * group is searched in the owner's inbox by its title, which is unique in the run.
     *
     * @param members user ids, without the owner
     */
    public String startGroup(UserAccount owner, String title, List<String> members) {
        Object body = Map.of("kind", "group", "title", title, "members", members, "joinable", true);
        RetryBackoff backoff = new RetryBackoff(patience);
        while (true) {
            Exception failure;
            String token = owner.token();
            try {
                return rest.once("POST", "/conversations", token, body)
                        .path("id")
                        .asString();
            } catch (IOException e) {
                failure = e;
            } catch (RequestRefusedException e) {
                if (e.code().startsWith("token-")) {
                    owner.replaceToken(token);
                } else if (!RequestRefusedException.isTransient(e.code())) {
                    throw e;
                }
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunAbortedException("Interrupted", e);
            }
            Await.pause(backoff.failed());
            if (backoff.isExhausted()) {
                throw new RunAbortedException(
                        "No group could be started within " + patience.toSeconds() + " s", failure);
            }
            uncertainStarts.incrementAndGet();
            Optional<String> found = findGroup(owner, title);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Starts the direct conversation of two people; answers the existing one if there is one. */
    public String startDirect(UserAccount one, UserAccount other) {
        Object body = Map.of("kind", "direct", "with", other.user());
        return one.call(token -> rest.post("/conversations", token, body))
                .path("id")
                .asString();
    }

    /** The highest position that can be read now. */
    public long head(UserAccount reader, String conversation) {
        return reader.call(token -> rest.get("/conversations/" + conversation, token))
                .path("head")
                .asLong();
    }

    /** Waits until this position can be read or the patience is over; answers the highest position that can be read. */
    public long head(UserAccount reader, String conversation, long atLeast) {
        String path = "/conversations/" + conversation + "/entries?limit=1&minPosition=" + atLeast;
        RetryBackoff backoff = new RetryBackoff(patience);
        while (true) {
            long head = reader.call(token -> rest.get(path, token)).path("head").asLong();
            long waitMs = backoff.failed();
            if (head >= atLeast || backoff.isExhausted()) {
                return head;
            }
            Await.pause(waitMs);
        }
    }

    /** Waits until this position can be read.
     *
     * @throws RunAbortedException if it cannot be read within the patience
     */
    public void awaitReadable(UserAccount reader, String conversation, long position) {
        if (head(reader, conversation, position) < position) {
            throw new RunAbortedException("Position " + position + " of " + conversation + " cannot be read", null);
        }
    }

    public void join(UserAccount who, String conversation) {
        change(who, "already-a-member", token -> rest.put(self(conversation), token));
    }

    public void leave(UserAccount who, String conversation) {
        change(who, "not-a-member", token -> rest.delete(self(conversation), token));
    }

    /** The entries from position 1; waits for {@code atLeast} within the patience. */
    public ConversationHistory history(UserAccount reader, String conversation, long atLeast) {
        ConversationHistory history = new ConversationHistory(conversation);
        RetryBackoff backoff = new RetryBackoff(patience);
        while (true) {
            String path = "/conversations/" + conversation + "/entries?after=" + history.last() + "&limit=" + PAGE
                    + "&minPosition=" + Math.max(1, atLeast);
            JsonNode page = reader.call(token -> rest.get(path, token));
            long before = history.last();
            page.path("entries").forEach(history::add);
            if (history.last() > before) {
                backoff.succeeded();
                continue;
            }
            if (history.last() >= Math.max(atLeast, page.path("head").asLong())) {
                return history;
            }
            Await.pause(backoff.failed());
            if (backoff.isExhausted()) {
                return history;
            }
        }
    }

    private static String self(String conversation) {
        return "/conversations/" + conversation + "/members/me";
    }

    private static void change(UserAccount who, String doneCode, Function<String, JsonNode> request) {
        try {
            JsonNode ignored = who.call(request);
        } catch (RequestRefusedException e) {
            if (!e.code().equals(doneCode)) {
                throw e;
            }
        }
    }

    private Optional<String> findGroup(UserAccount owner, String title) {
        for (int attempt = 0; attempt < FIND_ATTEMPTS; attempt++) {
            String next = "";
            do {
                String path = "/inbox?limit=" + PAGE + next;
                JsonNode inbox = owner.call(token -> rest.get(path, token));
                for (JsonNode conversation : inbox.path("conversations")) {
                    if (title.equals(conversation.path("title").asString(""))) {
                        return Optional.of(conversation.path("id").asString());
                    }
                }
                next = inbox.path("next").isString()
                        ? "&next=" + inbox.path("next").asString()
                        : "";
            } while (!next.isEmpty());
            Await.pause(POLL_MS);
        }
        return Optional.empty();
    }
}

package chat.parley.load.replay;

import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.UserAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The connected clients of a replay: one for each nick, and one for the host, who owns the groups. */
final class ReplayClients {
    private final Map<String, ChatClient> byNick;
    private final ChatClient host;

    private ReplayClients(Map<String, ChatClient> byNick, ChatClient host) {
        this.byNick = byNick;
        this.host = host;
    }

    /** Signs up and connects them all, this many at a time. */
    static ReplayClients connect(
            Collection<String> nicks,
            NickUsernames usernames,
            RestClient rest,
            ClientNetwork network,
            int concurrency,
            AtomicInteger connected)
            throws InterruptedException {
        String password = UserAccount.randomPassword();
        Semaphore permits = new Semaphore(concurrency);
        Map<String, Future<ChatClient>> futures = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatClient> host = threads.submit(
                    () -> connected(new UserAccount(rest, usernames.host(), "ChanServ", password), network, permits));
            for (String nick : nicks) {
                futures.put(nick, threads.submit(() -> {
                    UserAccount account = new UserAccount(rest, usernames.of(nick), nick, password);
                    ChatClient client = connected(account, network, permits);
                    connected.incrementAndGet();
                    return client;
                }));
            }
            Map<String, ChatClient> byNick = new HashMap<>();
            for (Map.Entry<String, Future<ChatClient>> one : futures.entrySet()) {
                byNick.put(one.getKey(), Await.result(one.getValue()));
            }
            return new ReplayClients(byNick, Await.result(host));
        }
    }

    private static ChatClient connected(UserAccount account, ClientNetwork network, Semaphore permits)
            throws InterruptedException {
        permits.acquire();
        try {
            account.register();
            return ChatClient.connected(account, network);
        } finally {
            permits.release();
        }
    }

    ChatClient host() {
        return host;
    }

    ChatClient of(String nick) {
        ChatClient client = byNick.get(nick);
        if (client == null) {
            throw new IllegalArgumentException("There is no client of the nick " + nick);
        }
        return client;
    }

    /** The user id. */
    String user(String nick) {
        return of(nick).account().user();
    }

    List<ChatClient> all() {
        List<ChatClient> all = new ArrayList<>(byNick.values());
        all.add(host);
        return all;
    }

    void close() throws InterruptedException {
        Await.all(all().stream().map(ChatClient::close).toList());
    }
}

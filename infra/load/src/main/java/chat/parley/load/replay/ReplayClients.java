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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Everybody of a run: an account and a device for each nick, and for the host who owns the groups. */
final class ReplayClients {
    private final Map<String, ChatClient> byNick;
    private final ChatClient host;

    private ReplayClients(Map<String, ChatClient> byNick, ChatClient host) {
        this.byNick = byNick;
        this.host = host;
    }

    /** Signs up, logs in and connects them all, so many at a time. */
    static ReplayClients assemble(
            Collection<String> nicks,
            NickUsernames usernames,
            String password,
            RestClient rest,
            ClientNetwork network,
            int atOnce,
            AtomicInteger assembled)
            throws InterruptedException {
        Semaphore room = new Semaphore(atOnce);
        Map<String, Future<ChatClient>> coming = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatClient> host = threads.submit(
                    () -> connected(new UserAccount(rest, usernames.host(), "ChanServ", password), network, room));
            for (String nick : nicks) {
                coming.put(nick, threads.submit(() -> {
                    ChatClient device =
                            connected(new UserAccount(rest, usernames.of(nick), nick, password), network, room);
                    assembled.incrementAndGet();
                    return device;
                }));
            }
            Map<String, ChatClient> devices = new HashMap<>();
            for (Map.Entry<String, Future<ChatClient>> one : coming.entrySet()) {
                devices.put(one.getKey(), Await.result(one.getValue()));
            }
            return new ReplayClients(devices, Await.result(host));
        }
    }

    private static ChatClient connected(UserAccount account, ClientNetwork network, Semaphore room)
            throws InterruptedException {
        room.acquire();
        try {
            account.register();
            return ChatClient.connected(account, network);
        } finally {
            room.release();
        }
    }

    ChatClient host() {
        return host;
    }

    ChatClient of(String nick) {
        ChatClient device = byNick.get(nick);
        if (device == null) {
            throw new IllegalArgumentException("Nobody is called " + nick);
        }
        return device;
    }

    String user(String nick) {
        return of(nick).account().user();
    }

    List<ChatClient> everybody() {
        List<ChatClient> all = new ArrayList<>(byNick.values());
        all.add(host);
        return all;
    }

    void disperse() throws InterruptedException {
        List<CompletableFuture<Void>> leaving =
                everybody().stream().map(ChatClient::stop).toList();
        for (CompletableFuture<Void> one : leaving) {
            Await.result(one);
        }
    }
}

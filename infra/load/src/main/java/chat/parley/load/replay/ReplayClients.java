package chat.parley.load.replay;

import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.Parallel;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.UserAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
        Map<String, ChatClient> byNick = new ConcurrentHashMap<>();
        ChatClient host = connected(new UserAccount(rest, usernames.host(), "ChanServ", password), network);
        List<String> ignored = Parallel.map(concurrency, nicks, connected, nick -> {
            byNick.put(nick, connected(new UserAccount(rest, usernames.of(nick), nick, password), network));
            return nick;
        });
        return new ReplayClients(byNick, host);
    }

    private static ChatClient connected(UserAccount account, ClientNetwork network) throws InterruptedException {
        account.register();
        return ChatClient.connected(account, network);
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

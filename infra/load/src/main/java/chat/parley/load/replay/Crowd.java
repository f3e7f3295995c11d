package chat.parley.load.replay;

import chat.parley.load.client.Account;
import chat.parley.load.client.Device;
import chat.parley.load.client.Network;
import chat.parley.load.client.Rest;
import chat.parley.load.client.Waiting;
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
final class Crowd {
    private final Map<String, Device> byNick;
    private final Device host;

    private Crowd(Map<String, Device> byNick, Device host) {
        this.byNick = byNick;
        this.host = host;
    }

    /** Signs up, logs in and connects them all, so many at a time. */
    static Crowd assemble(
            Collection<String> nicks,
            Usernames usernames,
            String password,
            Rest rest,
            Network network,
            int atOnce,
            AtomicInteger assembled)
            throws InterruptedException {
        Semaphore room = new Semaphore(atOnce);
        Map<String, Future<Device>> coming = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Device> host = threads.submit(
                    () -> connected(new Account(rest, usernames.host(), "ChanServ", password), network, room));
            for (String nick : nicks) {
                coming.put(nick, threads.submit(() -> {
                    Device device = connected(new Account(rest, usernames.of(nick), nick, password), network, room);
                    assembled.incrementAndGet();
                    return device;
                }));
            }
            Map<String, Device> devices = new HashMap<>();
            for (Map.Entry<String, Future<Device>> one : coming.entrySet()) {
                devices.put(one.getKey(), Waiting.result(one.getValue()));
            }
            return new Crowd(devices, Waiting.result(host));
        }
    }

    private static Device connected(Account account, Network network, Semaphore room) throws InterruptedException {
        room.acquire();
        try {
            account.register();
            return Device.connected(account, network);
        } finally {
            room.release();
        }
    }

    Device host() {
        return host;
    }

    Device of(String nick) {
        Device device = byNick.get(nick);
        if (device == null) {
            throw new IllegalArgumentException("Nobody is called " + nick);
        }
        return device;
    }

    String user(String nick) {
        return of(nick).account().user();
    }

    List<Device> everybody() {
        List<Device> all = new ArrayList<>(byNick.values());
        all.add(host);
        return all;
    }

    void disperse() throws InterruptedException {
        List<CompletableFuture<Void>> leaving =
                everybody().stream().map(Device::stop).toList();
        for (CompletableFuture<Void> one : leaving) {
            Waiting.result(one);
        }
    }
}

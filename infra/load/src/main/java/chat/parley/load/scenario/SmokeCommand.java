package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Findings;
import chat.parley.load.check.Spans;
import chat.parley.load.client.Account;
import chat.parley.load.client.Cut;
import chat.parley.load.client.Device;
import chat.parley.load.client.GaveUp;
import chat.parley.load.client.Groups;
import chat.parley.load.client.History;
import chat.parley.load.client.Network;
import chat.parley.load.client.Received;
import chat.parley.load.client.Refused;
import chat.parley.load.client.Rest;
import chat.parley.load.client.Waiting;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.metrics.Meters;
import chat.parley.load.metrics.SendStamps;
import chat.parley.load.protocol.Draft;
import chat.parley.load.protocol.MessageIds;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = "Two people sign up, talk both ways, one is cut off and resumes. Exits with 0 when it worked.")
public final class SmokeCommand implements Callable<Integer> {
    private static final int NAME_BYTES = 6;
    private static final int PASSWORD_BYTES = 18;
    private static final long LOOK_EVERY_MS = 20;
    private static final String GREETING = "Can you hear me?";
    private static final String ANSWER = "네, 잘 들려요.";
    private static final String WHILE_AWAY = "And now?";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        Meters meters = new Meters(new SendStamps(0));
        try (Rest rest = server.rest(meters);
                Network network = new Network(1, server.patience(), meters)) {
            talk(rest, network, out);
            return 0;
        } catch (Refused | GaveUp e) {
            out.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    private void talk(Rest rest, Network network, PrintStream out) throws InterruptedException {
        String run = "smoke-" + random(NAME_BYTES);
        Device alice = person(rest, network, run + "-a");
        Device bob = person(rest, network, run + "-b");
        out.println("Two people signed up, logged in and connected.");

        String conversation = alice.account()
                .call(token -> rest.post(
                        "/conversations",
                        token,
                        Map.of("kind", "direct", "with", bob.account().user())))
                .path("id")
                .asString();
        hears(bob, conversation, say(alice, conversation, GREETING));
        hears(alice, conversation, say(bob, conversation, ANSWER));
        out.println("They talk both ways.");

        bob.cut(Cut.RESET);
        long last = say(alice, conversation, WHILE_AWAY);
        hears(bob, conversation, last);
        hears(alice, conversation, last);
        Waiting.result(alice.stop());
        Waiting.result(bob.stop());
        History history = new Groups(rest, server.patience()).history(bob.account(), conversation, last);
        Findings findings = new Findings();
        DeliveryCheck check = new DeliveryCheck(history, findings);
        for (Device device : List.of(alice, bob)) {
            long ignored = check.check(
                    device.account().displayName(),
                    device.received().getOrDefault(conversation, new Received()),
                    List.of(new Spans.Span(1, history.last())));
        }
        for (Findings.Kind kind : Findings.Kind.values()) {
            if (findings.count(kind) > 0) {
                throw new GaveUp(kind.meaning() + ": " + findings.first(kind), null);
            }
        }
        alice.account().logOut();
        bob.account().logOut();
        out.println("One was cut off and resumed; both saw all " + history.last() + " entries exactly once. PASSED");
    }

    private Device person(Rest rest, Network network, String username) throws InterruptedException {
        Account account = new Account(rest, username, username, random(PASSWORD_BYTES));
        account.register();
        return Device.connected(account, network);
    }

    private static long say(Device who, String conversation, String text) throws InterruptedException {
        String id = new MessageIds().next(System.currentTimeMillis(), 0, 0);
        return Waiting.result(who.send(new Draft(conversation, id, text, List.of())));
    }

    private void hears(Device who, String conversation, long position) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(server.patienceSeconds);
        while (Waiting.last(who, conversation) < position) {
            if (System.nanoTime() > until) {
                throw new GaveUp("Position " + position + " was acknowledged and never delivered", null);
            }
            Rest.pause(LOOK_EVERY_MS);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}

package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.MembershipIntervals;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.DisconnectMode;
import chat.parley.load.client.ReceivedEntries;
import chat.parley.load.client.RequestRefusedException;
import chat.parley.load.client.RestClient;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.client.UserAccount;
import chat.parley.load.harness.ServerOptions;
import chat.parley.load.metrics.ClientMetrics;
import chat.parley.load.metrics.SendTimes;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.OutgoingMessage;
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
public final class SmokeScenario implements Callable<Integer> {
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
        ClientMetrics metrics = new ClientMetrics(new SendTimes(0));
        try (RestClient rest = server.rest(metrics);
                ClientNetwork network = new ClientNetwork(1, server.patience(), metrics)) {
            talk(rest, network, out);
            return 0;
        } catch (RequestRefusedException | RunAbortedException e) {
            out.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    private void talk(RestClient rest, ClientNetwork network, PrintStream out) throws InterruptedException {
        String run = "smoke-" + random(NAME_BYTES);
        ChatClient alice = person(rest, network, run + "-a");
        ChatClient bob = person(rest, network, run + "-b");
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

        bob.cut(DisconnectMode.RESET);
        long last = say(alice, conversation, WHILE_AWAY);
        hears(bob, conversation, last);
        hears(alice, conversation, last);
        Await.result(alice.stop());
        Await.result(bob.stop());
        ConversationHistory history =
                new ConversationApi(rest, server.patience()).history(bob.account(), conversation, last);
        Violations violations = new Violations();
        DeliveryCheck check = new DeliveryCheck(history, violations);
        for (ChatClient device : List.of(alice, bob)) {
            long ignored = check.check(
                    device.account().displayName(),
                    device.received().getOrDefault(conversation, new ReceivedEntries()),
                    List.of(new MembershipIntervals.Span(1, history.last())));
        }
        for (Violations.Kind kind : Violations.Kind.values()) {
            if (violations.count(kind) > 0) {
                throw new RunAbortedException(kind.meaning() + ": " + violations.first(kind), null);
            }
        }
        alice.account().logOut();
        bob.account().logOut();
        out.println("One was cut off and resumed; both saw all " + history.last() + " entries exactly once. PASSED");
    }

    private ChatClient person(RestClient rest, ClientNetwork network, String username) throws InterruptedException {
        UserAccount account = new UserAccount(rest, username, username, random(PASSWORD_BYTES));
        account.register();
        return ChatClient.connected(account, network);
    }

    private static long say(ChatClient who, String conversation, String text) throws InterruptedException {
        String id = new MessageIds().next(System.currentTimeMillis(), 0, 0);
        return Await.result(who.send(new OutgoingMessage(conversation, id, text, List.of())));
    }

    private void hears(ChatClient who, String conversation, long position) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(server.patienceSeconds);
        while (Await.last(who, conversation) < position) {
            if (System.nanoTime() > until) {
                throw new RunAbortedException("Position " + position + " was acknowledged and never delivered", null);
            }
            RestClient.pause(LOOK_EVERY_MS);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}

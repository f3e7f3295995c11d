package chat.parley.load.scenario;

import chat.parley.load.check.DeliveryCheck;
import chat.parley.load.check.Violations;
import chat.parley.load.client.Await;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.ClientNetwork;
import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.ConversationHistory;
import chat.parley.load.client.DisconnectMode;
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
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The smallest end-to-end check. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = "Two people sign up and write to each other; the connection of one is cut, and it resumes. Exits"
                + " with 0 if it worked.")
public final class SmokeScenario implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        ClientMetrics metrics = new ClientMetrics(new SendTimes(0));
        try (RestClient rest = server.rest(metrics);
                ClientNetwork network = new ClientNetwork(1, server.patience(), metrics)) {
            play(rest, network, out);
            return 0;
        } catch (RequestRefusedException | RunAbortedException e) {
            out.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    private void play(RestClient rest, ClientNetwork network, PrintStream out) throws InterruptedException {
        String run = "smoke-" + UserAccount.randomPassword().substring(0, 12);
        ChatClient alice = connected(rest, network, run + "-a");
        ChatClient bob = connected(rest, network, run + "-b");
        out.println("Two people signed up, logged in and connected.");
        ConversationApi conversations = new ConversationApi(rest, server.patience());
        String conversation = conversations.startDirect(alice.account(), bob.account());
        awaitDelivery(bob, conversation, send(alice, conversation, "Can you hear me?"));
        awaitDelivery(alice, conversation, send(bob, conversation, "네, 잘 들려요."));
        out.println("They talk both ways.");
        bob.cut(DisconnectMode.RESET);
        long last = send(alice, conversation, "And now?");
        awaitDelivery(bob, conversation, last);
        awaitDelivery(alice, conversation, last);
        Await.all(List.of(alice.close(), bob.close()));
        ConversationHistory history = conversations.history(bob.account(), conversation, last);
        Violations violations = new Violations();
        DeliveryCheck check = new DeliveryCheck(history, violations);
        long ignored = check.check(alice) + check.check(bob);
        if (!violations.isEmpty()) {
            throw new RunAbortedException(violations.byLabel().toString(), null);
        }
        alice.account().logOut();
        bob.account().logOut();
        out.println("One was cut off and resumed; both saw all " + history.last() + " entries exactly once. PASSED");
    }

    private static ChatClient connected(RestClient rest, ClientNetwork network, String username)
            throws InterruptedException {
        UserAccount account = new UserAccount(rest, username, username, UserAccount.randomPassword());
        account.register();
        return ChatClient.connected(account, network);
    }

    private static long send(ChatClient client, String conversation, String text) throws InterruptedException {
        String id = MessageIds.next(System.currentTimeMillis(), 0, 0);
        return Await.result(client.send(new OutgoingMessage(conversation, id, text, List.of())));
    }

    private void awaitDelivery(ChatClient client, String conversation, long position) throws InterruptedException {
        if (client.awaitPosition(conversation, position, server.patience()) < position) {
            throw new RunAbortedException("Position " + position + " was acknowledged and never delivered", null);
        }
    }
}

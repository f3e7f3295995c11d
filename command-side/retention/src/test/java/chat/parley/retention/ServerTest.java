package chat.parley.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.retention.RetentionCommand.PlaceHold;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.PeriodicRounds;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.identity.account.SignUp;
import chat.parley.retention.erasure.ErasureFinisher;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One server that all these tests share; each test has its own people and conversations. */
@SpringBootTest(
        classes = TestRetentionServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "parley.auth.password-memory=64KB",
            "parley.auth.password-iterations=1",
            "parley.limits.enabled=false",
            "spring.flyway.locations=classpath:db/vault",
            "spring.flyway.schemas=vault",
            "spring.main.banner-mode=off"
        })
abstract class ServerTest {
    static final String PASSWORD = "correct horse";
    static final String REASON = "사건 2026-17";

    @Autowired
    InMemoryAggregates aggregates;

    @Autowired
    MutableClock clock;

    @Autowired
    FakeTextProtection protection;

    @Autowired
    CrashInjector crashes;

    @Autowired
    CommandDispatcher commands;

    @Autowired
    SignUp signUps;

    @Autowired
    JdbcClient vault;

    final UserId auditor = new UserId("auditor-" + UUID.randomUUID());
    final UserId second = new UserId("second-" + UUID.randomUUID());

    @DynamicPropertySource
    static void aDirectoryOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "test-data");
        properties.add("parley.data-dir", directory::toString);
    }

    /** Rounds run only where a test says so, because they would come to the steps at which a test crashes. */
    @BeforeEach
    void stopRounds(@Autowired List<SmartLifecycle> running) {
        running.stream()
                .filter(each -> each instanceof DeletionFinisher
                        || each instanceof ErasureFinisher
                        || each instanceof PeriodicRounds)
                .forEach(SmartLifecycle::stop);
    }

    @BeforeEach
    void sealToday() {
        protection.setToday(today());
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    UserId somebody() {
        return signUps.signUp(unique("user"), PASSWORD, "Somebody");
    }

    ConversationId groupOf(UserId owner, UserId... members) {
        ConversationId group = new ConversationId(unique("group"));
        commands.send(new StartGroup(group, owner, "Tea", List.of(members), true, HistoryAccess.ALL));
        return group;
    }

    void say(ConversationId conversation, UserId by, String text) {
        commands.send(conversation, draft(by, text));
    }

    static Draft draft(UserId by, String text) {
        return new Draft(by, new ClientMessageId(UUID.randomUUID().toString()), text, null, List.of());
    }

    /** What can still be read of the texts that this user sent in this conversation, in their order. */
    List<Optional<String>> readable(ConversationId conversation, UserId by) {
        return messages(conversation)
                .filter(sent -> sent.by().equals(by))
                .map(this::reveal)
                .toList();
    }

    Optional<String> reveal(MessageSent sent) {
        return protection.reveal(
                sent.text(), TextProtection.messageContext(sent.conversation(), sent.by(), sent.clientMessageId()));
    }

    Stream<MessageSent> messages(ConversationId conversation) {
        return aggregates.stored(MessageSent.class).stream()
                .filter(sent -> sent.conversation().equals(conversation));
    }

    HoldId hold(List<UserId> users, ConversationId... conversations) {
        HoldId hold = new HoldId(unique("hold"));
        decide(new PlaceHold(hold, users, List.of(conversations), null, REASON, auditor));
        return hold;
    }

    void lift(HoldId hold) {
        decide(new LiftHold(hold, REASON, second));
    }

    void decide(RetentionCommand command) {
        commands.send(command);
    }

    static void isRefused(Refusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}

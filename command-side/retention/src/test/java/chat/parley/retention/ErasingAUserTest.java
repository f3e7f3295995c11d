package chat.parley.retention;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.AccountCommand.EraseAccount;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.AccountCommand.RevokeRole;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.ActivityVault.LastActivity;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.TextKeys;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.identity.account.AccountClosing;
import chat.parley.identity.account.DeletionFinisher;
import chat.parley.identity.account.PendingDeletions;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.retention.CrashInjector.When;
import chat.parley.retention.erasure.Erasure;
import chat.parley.retention.erasure.ErasureFinisher;
import chat.parley.retention.erasure.Erasures;
import chat.parley.retention.erasure.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

class ErasingAUserTest extends ServerTest {
    @Autowired
    Erasures erasures;

    @Autowired
    ErasureFinisher finisher;

    @Autowired
    ErasureProgress progress;

    @Autowired
    AccountClosing closings;

    @Autowired
    DeletionFinisher deletionFinisher;

    @Autowired
    PendingDeletions deletions;

    @Autowired
    KnownLoginSources sources;

    @Autowired
    ActivityVault activity;

    private Erasure order(UserId user) {
        return erasures.order(user, REASON, auditor);
    }

    private <E extends AccountEvent> List<E> accountEvents(Class<E> type, UserId user) {
        return aggregates.stored(type).stream()
                .filter(event -> event.user().equals(user))
                .toList();
    }

    private List<ErasureOrdered> orders(UserId user) {
        return aggregates.stored(ErasureOrdered.class).stream()
                .filter(event -> event.user().equals(user))
                .toList();
    }

    private void expectErased(UserId user, ConversationId group) {
        Erasure erasure = erasures.find(user);
        assertThat(erasure.step()).isEqualTo(Step.ERASED);
        assertThat(erasure.keysDestroyedAt()).isNotNull();
        assertThat(erasure.erasedAt()).isNotNull();
        assertThat(erasure.reason()).isNull();
        assertThat(orders(user)).hasSize(1);
        assertThat(accountEvents(AccountDeleted.class, user)).hasSize(1);
        assertThat(accountEvents(AccountErased.class, user)).hasSize(1);
        assertThat(readable(group, user)).isNotEmpty().allMatch(Optional::isEmpty);
    }

    private void expectNothingDestroyed(UserId user, ConversationId group) {
        assertThat(orders(user)).isEmpty();
        assertThat(accountEvents(AccountErased.class, user)).isEmpty();
        assertThat(readable(group, user)).isNotEmpty().allMatch(Optional::isPresent);
    }

    @Test
    void destroysTheUsersTextsAndNobodyElses() {
        UserId ann = somebody();
        UserId ben = somebody();
        ConversationId group = groupOf(ann, ben);
        say(group, ann, "비밀");
        say(group, ben, "hello");

        Erasure erasure = order(ann);

        assertThat(erasure.orderedBy()).isEqualTo(auditor);
        expectErased(ann, group);
        assertThat(readable(group, ben)).containsExactly(Optional.of("hello"));
        assertThat(orders(ann))
                .singleElement()
                .satisfies(event -> assertThat(protection.reveal(
                                event.reason(),
                                TextProtection.auditContext(auditor, RetentionEvent.ERASURE_REASON, event.at())))
                        .contains(REASON));
        isRefused(Refusal.USER_UNAVAILABLE, () -> say(group, ann, "again"));
        assertThat(order(ann)).isEqualTo(erasures.find(ann));
        expectErased(ann, group);
    }

    static Stream<Arguments> steps() {
        return Stream.of(DeleteAccount.class, OrderErasure.class, TextKeys.class, EraseAccount.class)
                .flatMap(step -> Stream.of(When.values()).map(when -> Arguments.of(step, when)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isFinishedAfterACrashAtAnyStep(Class<?> step, When when) {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "secret");
        crashes.at(step, when);
        try {
            order(ann);
        } catch (IllegalStateException crashed) {
            assertThat(step).isEqualTo(TextKeys.class);
        }
        assertThat(crashes.isOver()).isTrue();
        assertThat(erasures.find(ann).step()).isNotIn(Step.ERASED, Step.REFUSED);

        finisher.finishAll();

        expectErased(ann, group);
        finisher.finishAll();
        expectErased(ann, group);
    }

    @Test
    void aHoldOnTheUserRefusesItBeforeTheAccountIsClosed() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "evidence");
        HoldId hold = hold(List.of(ann));

        isRefused(Refusal.ON_HOLD, () -> order(ann));

        assertThat(erasures.find(ann).refusal()).isEqualTo(Refusal.ON_HOLD);
        assertThat(erasures.find(ann).reason()).isNull();
        assertThat(accountEvents(AccountDeleted.class, ann)).isEmpty();
        expectNothingDestroyed(ann, group);
        finisher.finishAll();
        expectNothingDestroyed(ann, group);

        lift(hold);
        order(ann);
        expectErased(ann, group);
    }

    @Test
    void theRefusalNamesTheHolds() {
        UserId ann = somebody();
        HoldId hold = hold(List.of(ann));
        HoldId other = hold(List.of(ann));
        assertThat(catchThrowableOfType(Refused.class, () -> order(ann)).detail())
                .contains(hold.value(), other.value());
    }

    @Test
    void aHoldOnAConversationProtectsFormerMembers() {
        UserId ann = somebody();
        UserId ben = somebody();
        ConversationId group = groupOf(ann, ben);
        say(group, ben, "evidence");
        commands.send(new RemoveMember(group, ben, ben));
        HoldId hold = hold(List.of(), group);

        isRefused(Refusal.ON_HOLD, () -> order(ben));
        expectNothingDestroyed(ben, group);

        lift(hold);
        order(ben);
        expectErased(ben, group);
    }

    @Test
    void aHoldThatIsPlacedWhileTheAccountIsClosedRefusesIt() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "evidence");
        List<HoldId> placed = new ArrayList<>();
        crashes.meanwhile(DeleteAccount.class, When.AFTER, () -> placed.add(hold(List.of(ann))));

        isRefused(Refusal.ON_HOLD, () -> order(ann));

        assertThat(erasures.find(ann).step()).isEqualTo(Step.REFUSED);
        assertThat(accountEvents(AccountDeleted.class, ann)).hasSize(1);
        expectNothingDestroyed(ann, group);
        placed.forEach(this::lift);
        order(ann);
        expectErased(ann, group);
    }

    @Test
    void aHoldThatIsPlacedAfterTheOrderIsTooLate() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "secret");
        crashes.meanwhile(OrderErasure.class, When.AFTER, () -> {
            HoldId _ = hold(List.of(ann));
            throw new IllegalStateException("crashed");
        });
        Erasure stopped = order(ann);
        assertThat(stopped.step()).isEqualTo(Step.ASKED);

        finisher.finishAll();
        expectErased(ann, group);
    }

    @Test
    void aMembershipOfTheLastMomentCounts() {
        UserId ann = somebody();
        UserId ben = somebody();
        ConversationId own = groupOf(ann);
        say(own, ann, "evidence");
        ConversationId held = groupOf(ben);
        HoldId _ = hold(List.of(), held);
        crashes.meanwhile(DeleteAccount.class, When.BEFORE, () -> commands.send(new JoinGroup(held, ann)));

        isRefused(Refusal.ON_HOLD, () -> order(ann));
        expectNothingDestroyed(ann, own);
    }

    @Test
    void anAdminIsNotErased() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "hello");
        commands.send(new GrantRole(ann, SystemRole.ADMIN, auditor, REASON));

        isRefused(Refusal.LAST_ADMIN, () -> order(ann));

        assertThat(erasures.find(ann).refusal()).isEqualTo(Refusal.LAST_ADMIN);
        assertThat(unfinishedDeletions()).doesNotContain(ann);
        expectNothingDestroyed(ann, group);
        commands.send(new RevokeRole(ann, SystemRole.ADMIN, auditor, REASON));
        order(ann);
        expectErased(ann, group);
    }

    private Set<UserId> unfinishedDeletions() {
        return deletions.unfinished(1_000).stream()
                .map(PendingDeletions.Deletion::user)
                .collect(toSet());
    }

    @Test
    void unknownUsersAndOneselfAreRefusedWithoutATrace() {
        UserId nobody = new UserId(unique("nobody"));
        isRefused(Refusal.USER_NOT_FOUND, () -> order(nobody));
        isRefused(Refusal.ERASURE_NOT_FOUND, () -> erasures.find(nobody));
        assertThat(unfinishedDeletions()).doesNotContain(nobody);
        UserId self = somebody();
        isRefused(Refusal.SELF_NOT_ALLOWED, () -> erasures.order(self, REASON, self));
        isRefused(Refusal.ERASURE_NOT_FOUND, () -> erasures.find(self));
        isRefused(Refusal.REASON_REQUIRED, () -> erasures.order(self, "two\nlines", auditor));
    }

    @Test
    void aDeletedAccountIsErasedToo() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "secret");
        closings.delete(ann);
        HoldId hold = hold(List.of(ann));
        Refused refused = catchThrowableOfType(Refused.class, () -> order(ann));
        assertThat(refused.refusal()).isEqualTo(Refusal.ON_HOLD);
        assertThat(refused.detail()).contains(hold.value());
        expectNothingDestroyed(ann, group);
        lift(hold);
        order(ann);
        expectErased(ann, group);
    }

    /** The auditor's key is needed for the event that says why. */
    @Test
    void anOrderOfAnErasedAuditorEnds() {
        UserId ann = somebody();
        ConversationId group = groupOf(ann);
        say(group, ann, "hello");
        crashes.at(OrderErasure.class, When.BEFORE);
        order(ann);
        protection.destroy(auditor);

        finisher.finishAll();
        assertThat(erasures.find(ann).refusal()).isEqualTo(Refusal.REASON_REQUIRED);
        expectNothingDestroyed(ann, group);

        erasures.order(ann, REASON, second);
        expectErased(ann, group);
    }

    @Test
    void nothingOfTheUserStaysInTheVault() {
        UserId ann = somebody();
        sources.remember(ann, new DeviceId("phone"), "192.0.2.7");
        activity.keep("node", List.of(new LastActivity(ann, new DeviceId("phone"), clock.instant())));
        vault.sql("insert into vault.mail_addresses (user_id, confirmed) values (?, 'ann@example.org')")
                .param(ann.value())
                .update();
        vault.sql("insert into vault.one_time_codes (code_hash, user_id, purpose, created_at, expires_at)"
                        + " values (sha256(?::bytea), ?, 'PASSWORD_RESET', now(), now())")
                .params(ann.value(), ann.value())
                .update();
        assertThat(tablesThatName(ann)).contains("credentials", "known_sources", "kept_activity", "mail_addresses");

        order(ann);
        deletionFinisher.finishAll();

        assertThat(tablesThatName(ann)).isSubsetOf("erasures", "account_deletions");
    }

    private List<String> tablesThatName(UserId user) {
        return vault
                .sql("select tablename from pg_tables where schemaname = 'vault'")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> vault.sql("select count(*) from vault." + table + " as row where row::text like ?")
                                .param("%" + user + "%")
                                .query(Integer.class)
                                .single()
                        > 0)
                .toList();
    }

    @Test
    void storesReportOnce() {
        UserId ann = somebody();
        order(ann);
        progress.done(ann, Store.SEARCH_INDEX);
        progress.done(ann, Store.SEARCH_INDEX);
        progress.done(ann, Store.LOG_SALTS);
        assertThat(vault.sql("select store from vault.erasure_stores where user_id = ? order by store")
                        .param(ann.value())
                        .query(String.class)
                        .list())
                .containsExactly("LOG_SALTS", "SEARCH_INDEX");
    }

    /** Whatever a send was in the middle of, its text is unreadable or was never stored. */
    @Test
    void aSendThatRacesWithTheErasureIsUnreadableToo() throws Exception {
        UserId ann = somebody();
        UserId ben = somebody();
        ConversationId group = groupOf(ben, ann);
        say(group, ann, "first");
        int senders = 4;
        CountDownLatch sending = new CountDownLatch(senders);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                sent.add(threads.submit(() -> sendUntilRefused(group, ann, sending)));
            }
            sending.await();
            order(ann);
            for (Future<Integer> each : sent) {
                assertThat(each.get()).isPositive();
            }
        }
        assertThat(messages(group).filter(sent -> sent.by().equals(ann)).count())
                .isGreaterThan(senders);
        expectErased(ann, group);
    }

    private int sendUntilRefused(ConversationId group, UserId by, CountDownLatch sending) {
        for (int count = 0; ; count++) {
            try {
                say(group, by, "text " + count);
            } catch (Refused refused) {
                assertThat(refused.refusal())
                        .isIn(Refusal.USER_UNAVAILABLE, Refusal.NOT_A_MEMBER, Refusal.CONVERSATION_NOT_FOUND);
                return count;
            }
            if (count == 0) {
                sending.countDown();
            }
        }
    }
}

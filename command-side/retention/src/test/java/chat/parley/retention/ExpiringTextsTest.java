package chat.parley.retention;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextKeys;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand.ChangeRetentionRule;
import chat.parley.api.retention.RetentionCommand.ExpireTexts;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.retention.CrashInjector.When;
import chat.parley.retention.expiry.ExpiryRounds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

class ExpiringTextsTest extends ServerTest {
    private static final Optional<String> GONE = Optional.empty();

    @Autowired
    ExpiryRounds rounds;

    private final UserId ann = new UserId(unique("ann"));
    private final UserId ben = new UserId(unique("ben"));

    @AfterEach
    void keepForEver() {
        rule(null, null);
    }

    private void rule(@Nullable ConversationId conversation, @Nullable Integer days) {
        decide(new ChangeRetentionRule(conversation, days, REASON, auditor));
    }

    private void daysPass(int days) {
        clock.advance(Duration.ofDays(days));
        protection.setToday(today());
    }

    /** One text on each of so many days, the last of which is today. */
    private ConversationId groupWithDays(int days) {
        ConversationId group = groupOf(ann, ben);
        for (int day = 1; day <= days; day++) {
            if (day > 1) {
                daysPass(1);
            }
            say(group, ann, "day " + day);
        }
        return group;
    }

    private List<TextsExpired> expired(ConversationId conversation) {
        return aggregates.stored(TextsExpired.class).stream()
                .filter(event -> event.conversation().equals(conversation))
                .toList();
    }

    private Instant daysAgo(int days) {
        LocalDate day = today().minusDays(days);
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Test
    void textsAreKeptForEverWithoutARule() {
        ConversationId group = groupWithDays(3);
        daysPass(40_000);
        rounds.run();
        assertThat(expired(group)).isEmpty();
        assertThat(readable(group, ann)).hasSize(3).allMatch(Optional::isPresent);
        clock.advance(Duration.ofDays(-40_000));
    }

    @Test
    void textsPastTheirAgeExpireOnce() {
        ConversationId group = groupWithDays(4);
        rule(null, 2);
        rounds.run();
        assertThat(expired(group)).extracting(TextsExpired::before).containsExactly(daysAgo(2));
        assertThat(readable(group, ann))
                .containsExactly(GONE, Optional.of("day 2"), Optional.of("day 3"), Optional.of("day 4"));
        rounds.run();
        assertThat(expired(group)).hasSize(1);

        daysPass(1);
        rounds.run();
        assertThat(expired(group)).extracting(TextsExpired::before).containsExactly(daysAgo(3), daysAgo(2));
        assertThat(readable(group, ann)).startsWith(GONE, GONE, Optional.of("day 3"));
    }

    @Test
    void noTextIsYoungerThanTheRuleSays() {
        ConversationId group = groupWithDays(4);
        rule(null, 3);
        rounds.run();
        assertThat(expired(group)).isEmpty();
        daysPass(1);
        rounds.run();
        assertThat(readable(group, ann)).startsWith(GONE, Optional.of("day 2"));
    }

    @Test
    void whereNobodyWroteNothingExpires() {
        ConversationId group = groupWithDays(2);
        rule(null, 5);
        daysPass(30);
        rounds.run();
        assertThat(expired(group)).hasSize(1);
        for (int day = 0; day < 5; day++) {
            daysPass(1);
            rounds.run();
        }
        assertThat(expired(group)).hasSize(1);

        say(group, ben, "back again");
        daysPass(6);
        rounds.run();
        assertThat(expired(group)).hasSize(2);
        assertThat(readable(group, ben)).containsExactly(GONE);
    }

    @Test
    void theRuleOfAConversationWins() {
        ConversationId kept = groupWithDays(1);
        ConversationId soon = groupWithDays(1);
        rule(kept, 100);
        rule(soon, 1);
        rule(null, 10);
        daysPass(5);
        rounds.run();
        assertThat(expired(kept)).isEmpty();
        assertThat(expired(soon)).hasSize(1);
        daysPass(50);
        rounds.run();
        assertThat(expired(kept)).isEmpty();
        rule(kept, null);
        rounds.run();
        assertThat(expired(kept)).hasSize(1);
        rule(soon, null);
    }

    @Test
    void onHoldNothingExpiresUntilTheHoldIsLifted() {
        ConversationId group = groupWithDays(2);
        rule(null, 1);
        daysPass(10);
        HoldId hold = hold(List.of(), group);
        rounds.run();
        rounds.run();
        assertThat(expired(group)).isEmpty();
        assertThat(readable(group, ann)).hasSize(2).allMatch(Optional::isPresent);
        lift(hold);
        rounds.run();
        assertThat(expired(group)).hasSize(1);
        assertThat(readable(group, ann)).containsExactly(GONE, GONE);
    }

    @Test
    void aHoldOnAFormerMemberKeepsTheTextsOfAll() {
        ConversationId group = groupWithDays(1);
        commands.send(new RemoveMember(group, ben, ben));
        rule(null, 1);
        daysPass(10);
        HoldId hold = hold(List.of(ben));
        rounds.run();
        assertThat(readable(group, ann)).allMatch(Optional::isPresent);
        lift(hold);
        rounds.run();
        assertThat(readable(group, ann)).containsExactly(GONE);
    }

    static Stream<Arguments> steps() {
        return Stream.of(ExpireTexts.class, TextKeys.class)
                .flatMap(step -> Stream.of(When.values()).map(when -> Arguments.of(step, when)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isFinishedAfterACrashAtAnyStep(Class<?> step, When when) {
        ConversationId group = groupWithDays(1);
        rule(group, 1);
        daysPass(10);
        crashes.at(step, when);
        rounds.run();
        assertThat(crashes.isOver()).isTrue();

        rounds.run();

        assertThat(expired(group)).hasSize(1);
        assertThat(readable(group, ann)).containsExactly(GONE);
        rule(group, null);
    }

    /** The event says that the texts have expired, so they do, whatever is decided afterwards. */
    @Test
    void whatWasDecidedIsDoneThoughTheRuleIsGoneAndAHoldIsPlaced() {
        ConversationId group = groupWithDays(1);
        rule(group, 1);
        daysPass(10);
        crashes.at(ExpireTexts.class, When.AFTER);
        rounds.run();
        assertThat(readable(group, ann)).allMatch(Optional::isPresent);
        rule(group, null);
        HoldId hold = hold(List.of(), group);

        rounds.run();

        assertThat(expired(group)).hasSize(1);
        assertThat(readable(group, ann)).containsExactly(GONE);
        lift(hold);
    }

    @Test
    void whatWasNotDecidedIsLeftIfTheRuleIsGone() {
        ConversationId group = groupWithDays(1);
        rule(group, 1);
        daysPass(10);
        crashes.at(ExpireTexts.class, When.BEFORE);
        rounds.run();
        rule(group, null);

        rounds.run();

        assertThat(expired(group)).isEmpty();
        assertThat(readable(group, ann)).allMatch(Optional::isPresent);
    }

    @Test
    void theAggregateDoesNotBelieveTheJob() {
        ConversationId group = groupWithDays(1);
        rule(group, 5);
        daysPass(3);
        isRefused(Refusal.INVALID_PARAMETER, () -> decide(new ExpireTexts(group, daysAgo(0), List.of(ann, ben))));
        rule(group, null);
    }
}

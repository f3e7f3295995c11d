package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand;
import chat.parley.api.retention.RetentionCommand.ChangeRetentionRule;
import chat.parley.api.retention.RetentionCommand.ExpireTexts;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.api.retention.RetentionCommand.PlaceHold;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldLifted;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Random sequences of decisions, judged by a model that knows nothing but the stored events. */
class RetentionProperties {
    private static final int STEPS = 150;
    private static final int MAX_DAYS = 5;
    private static final List<UserId> PEOPLE =
            Stream.of("ann", "ben", "eve", "kim").map(UserId::new).toList();
    private static final List<ConversationId> CONVERSATIONS =
            Stream.of("club", "talk", "team").map(ConversationId::new).toList();
    private static final List<HoldId> HOLDS =
            Stream.of("h1", "h2", "h3").map(HoldId::new).toList();

    private final MutableClock clock = MutableClock.betweenMilliseconds();

    private static final class RetentionAggregates {
        private final CommandBus bus = SimpleCommandBus.builder().build();
        private final CommandGateway commands =
                DefaultCommandGateway.builder().commandBus(bus).build();
        private final InMemoryAggregates aggregates;

        RetentionAggregates(MutableClock clock) {
            aggregates = new InMemoryAggregates(bus, new InMemoryEventStorageEngine(), clock, new FakeTextProtection());
            aggregates.handleCommandsOf(Retention.class);
        }

        List<RetentionEvent> events() {
            return aggregates.stored(RetentionEvent.class);
        }

        /** Whether the command was accepted. */
        boolean send(RetentionCommand command) {
            try {
                commands.sendAndWait(command);
                return true;
            } catch (Refused refused) {
                return false;
            }
        }
    }

    /** What stands in force after some events, kept without the aggregate. */
    private static final class Model {
        private final Map<HoldId, HoldPlaced> holds = new HashMap<>();
        private final Map<Optional<ConversationId>, Integer> days = new HashMap<>();

        boolean holds(List<UserId> users, List<ConversationId> conversations) {
            return holds.values().stream()
                    .anyMatch(hold -> hold.users().stream().anyMatch(users::contains)
                            || hold.conversations().stream().anyMatch(conversations::contains));
        }

        @Nullable
        Integer days(ConversationId conversation) {
            return days.getOrDefault(Optional.of(conversation), days.get(Optional.<ConversationId>empty()));
        }

        void apply(RetentionEvent event) {
            switch (event) {
                case HoldPlaced e -> assertThat(holds.put(e.hold(), e)).isNull();
                case HoldLifted e ->
                    assertThat(holds.remove(e.hold()))
                            .isNotNull()
                            .extracting(HoldPlaced::by)
                            .isNotEqualTo(e.by());
                case RetentionRuleChanged e -> {
                    Optional<ConversationId> of = Optional.ofNullable(e.conversation());
                    Integer before = e.days() == null ? days.remove(of) : days.put(of, e.days());
                    assertThat(before).isNotEqualTo(e.days());
                }
                case ErasureOrdered _, TextsExpired _ -> {}
            }
        }
    }

    @Property(tries = 60)
    void nothingIsDestroyedAgainstAHold(@ForAll long seed) {
        Random random = new Random(seed);
        RetentionAggregates world = new RetentionAggregates(clock);
        Model model = new Model();
        for (int i = 0; i < STEPS; i++) {
            clock.advance(Duration.ofMinutes(random.nextInt(600)));
            RetentionCommand command = command(random);
            int before = world.events().size();
            boolean accepted = world.send(command);
            List<RetentionEvent> stored = world.events();
            List<RetentionEvent> news = stored.subList(before, stored.size());
            assertThat(news).hasSizeLessThanOrEqualTo(accepted ? 1 : 0);
            news.forEach(event -> {
                requireAllowed(command, event, model);
                model.apply(event);
            });
        }
        assertThat(world.events()).isSortedAccordingTo((one, next) -> one.at().compareTo(next.at()));
    }

    private void requireAllowed(RetentionCommand command, RetentionEvent event, Model model) {
        switch (event) {
            case ErasureOrdered ordered -> {
                OrderErasure order = (OrderErasure) command;
                assertThat(model.holds(List.of(ordered.user()), order.conversations()))
                        .isFalse();
                assertThat(ordered.user()).isNotEqualTo(ordered.by());
            }
            case TextsExpired expired -> {
                ExpireTexts expire = (ExpireTexts) command;
                assertThat(model.holds(expire.members(), List.of(expired.conversation())))
                        .isFalse();
                Integer days = model.days(expired.conversation());
                assertThat(days).isNotNull();
                assertThat(expired.before().plus(Duration.ofDays(days))).isBeforeOrEqualTo(clock.instant());
            }
            default -> {}
        }
    }

    /** Each refused decision is one that the model refuses too, so that not simply everything is refused. */
    @Property(tries = 30)
    void whatNothingStandsAgainstIsDestroyed(@ForAll long seed) {
        Random random = new Random(seed);
        RetentionAggregates world = new RetentionAggregates(clock);
        Model model = new Model();
        for (int i = 0; i < STEPS; i++) {
            RetentionCommand command = command(random);
            int before = world.events().size();
            boolean accepted = world.send(command);
            world.events().stream().skip(before).forEach(model::apply);
            switch (command) {
                case OrderErasure order
                when !order.user().equals(order.by()) ->
                    assertThat(accepted || model.holds(List.of(order.user()), order.conversations()))
                            .isTrue();
                case ExpireTexts expire -> {
                    Integer days = model.days(expire.conversation());
                    boolean tooYoung = days == null
                            || expire.before().plus(Duration.ofDays(days)).isAfter(clock.instant());
                    assertThat(accepted || tooYoung || model.holds(expire.members(), List.of(expire.conversation())))
                            .isTrue();
                }
                default -> {}
            }
        }
    }

    private RetentionCommand command(Random random) {
        UserId by = one(random, PEOPLE);
        return switch (random.nextInt(6)) {
            case 0 ->
                new PlaceHold(
                        one(random, HOLDS),
                        some(random, PEOPLE),
                        some(random, CONVERSATIONS),
                        random.nextBoolean() ? "tea" : null,
                        "reason",
                        by);
            case 1, 2 -> new LiftHold(one(random, HOLDS), "reason", by);
            case 3 -> new OrderErasure(one(random, PEOPLE), some(random, CONVERSATIONS), "reason", by);
            case 4 ->
                new ChangeRetentionRule(
                        random.nextBoolean() ? null : one(random, CONVERSATIONS),
                        random.nextInt(4) == 0 ? null : 1 + random.nextInt(MAX_DAYS),
                        "reason",
                        by);
            default ->
                new ExpireTexts(
                        one(random, CONVERSATIONS),
                        start(clock.instant().minus(Duration.ofDays(random.nextInt(MAX_DAYS + 2)))),
                        some(random, PEOPLE));
        };
    }

    private static Instant start(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS);
    }

    private static <T> T one(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static <T> List<T> some(Random random, List<T> all) {
        return all.stream().filter(each -> random.nextInt(3) == 0).toList();
    }
}

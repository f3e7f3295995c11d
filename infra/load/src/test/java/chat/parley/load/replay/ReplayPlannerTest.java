package chat.parley.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayPlannerTest {
    /** Beside the project, not part of it. */
    private static final Path REAL_LOG =
            Path.of(System.getProperty("parley.load.input", "../../../shared/data/ubuntu-irc.log.gz"));

    @Test
    void membersArePresentAndOnlyMembersAreMentioned() {
        ReplayPlan plan = plan(9, "[1] a: hi", "join b", "[2] b: a: hello", "[3] a: c: who?");

        assertThat(plan.members()).containsExactly("a");
        assertThat(plan.steps())
                .containsExactly(
                        new ReplayStep.Say("a", "hi", List.of()),
                        new ReplayStep.Join("b"),
                        new ReplayStep.Say("b", "a: hello", List.of("a")),
                        new ReplayStep.Say("a", "c: who?", List.of()));
    }

    @Test
    void aNewNickIsAnotherUser() {
        ReplayPlan plan = plan(9, "[1] a: hi", "nick a b", "[2] b: it is me", "left b");

        assertThat(plan.steps())
                .containsExactly(
                        new ReplayStep.Say("a", "hi", List.of()),
                        new ReplayStep.Leave("a"),
                        new ReplayStep.Join("b"),
                        new ReplayStep.Say("b", "it is me", List.of()),
                        new ReplayStep.Leave("b"));
    }

    @Test
    void inAFullGroupTheLongestSilentMemberWithoutFurtherMessagesLeaves() {
        ReplayPlan plan = plan(3, "[1] a: 1", "[2] b: 2", "[3] c: 3", "join d", "[4] d: 4", "[5] a: 5");

        assertThat(plan.steps()).contains(new ReplayStep.Leave("b"), new ReplayStep.Join("d"));
        assertThat(plan.deviations().madeRoom()).isEqualTo(1);
        assertThat(plan.deviations().madeRoomAwhile()).isZero();
    }

    @Test
    void inAFullGroupTheLastToSpeakNextLeavesIfAllHaveFurtherMessages() {
        ReplayPlan plan = plan(2, "[1] a: 1", "[2] b: 2", "[3] c: 3", "[4] a: 4", "[5] b: 5", "[6] c: 6");

        assertThat(plan.deviations().madeRoomAwhile()).isPositive();
        assertThat(plan.messages()).isEqualTo(6);
        respectsItsBounds(plan, 2);
    }

    @Test
    void blankMessagesAndSilentUsersAreCountedAndLeftOut() {
        ReplayPlan plan = plan(9, "[1] a: hi", "join lurker", "[2] a:  ");

        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.deviations().unjoined()).isEqualTo(1);
        assertThat(plan.deviations().blank()).isEqualTo(1);
    }

    @Test
    void theIrcLogFitsIntoGroupsOfAHundred() throws IOException {
        assumeThat(REAL_LOG).matches(Files::exists);
        List<IrcLog.Block> blocks = IrcLog.read(REAL_LOG);
        Set<String> people = ReplayPlanner.speakers(blocks);
        int messages = 0;
        ReplayPlan.Deviations deviations = ReplayPlan.Deviations.NOTHING;
        for (IrcLog.Block block : blocks) {
            ReplayPlan plan = ReplayPlanner.plan(block, 99, people, Integer.MAX_VALUE);
            respectsItsBounds(plan, 99);
            messages += plan.messages();
            deviations = deviations.plus(plan.deviations());
        }
        System.out.println(messages + " messages of " + people.size() + " people: " + deviations);
        assertThat(messages).isGreaterThan(208_000);
    }

    private static void respectsItsBounds(ReplayPlan plan, int places) {
        Set<String> members = new HashSet<>(plan.members());
        for (ReplayStep step : plan.steps()) {
            boolean allowed = switch (step) {
                case ReplayStep.Say say -> members.contains(say.nick()) && members.containsAll(say.mentions());
                case ReplayStep.Join join -> members.add(join.nick()) && members.size() <= places;
                case ReplayStep.Leave leave -> members.remove(leave.nick());
            };
            if (!allowed) {
                fail("Not a step that the group of %s allows: %s".formatted(plan.name(), step));
            }
        }
    }

    private static ReplayPlan plan(int places, String... lines) {
        List<IrcLog.Line> parsed = Stream.of(lines)
                .map(line -> switch (line.charAt(0)) {
                    case '[' -> {
                        String[] parts = line.substring(4).split(": ", 2);
                        yield new IrcLog.Line.Said(parts[0], parts[1]);
                    }
                    case 'j' -> new IrcLog.Line.Joined(line.substring(5));
                    case 'l' -> new IrcLog.Line.Left(line.substring(5));
                    default -> new IrcLog.Line.Renamed(line.substring(5, 6), line.substring(7));
                })
                .map(IrcLog.Line.class::cast)
                .toList();
        IrcLog.Block block = new IrcLog.Block("block", parsed);
        return ReplayPlanner.plan(block, places, ReplayPlanner.speakers(List.of(block)), Integer.MAX_VALUE);
    }
}

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

class BlockPlannerTest {
    /** Lives beside the project, not in it. */
    private static final Path REAL_LOG =
            Path.of(System.getProperty("parley.load.input", "../../../shared/data/ubuntu-irc.log.gz"));

    @Test
    void membersAreWhoIsThereAndMentionsWhoIsAMember() {
        BlockPlan plan = plan(9, "[1] a: hi", "join b", "[2] b: a: hello", "[3] a: c: who?");

        assertThat(plan.members()).containsExactly("a");
        assertThat(plan.steps())
                .containsExactly(
                        new Step.Say("a", "hi", List.of()),
                        new Step.Join("b"),
                        new Step.Say("b", "a: hello", List.of("a")),
                        new Step.Say("a", "c: who?", List.of()));
    }

    @Test
    void aNewNameIsAnotherPerson() {
        BlockPlan plan = plan(9, "[1] a: hi", "nick a b", "[2] b: it is me", "left b");

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Say("a", "hi", List.of()),
                        new Step.Leave("a"),
                        new Step.Join("b"),
                        new Step.Say("b", "it is me", List.of()),
                        new Step.Leave("b"));
    }

    @Test
    void whoHasBeenSilentTheLongestAndIsDoneMakesRoom() {
        BlockPlan plan = plan(3, "[1] a: 1", "[2] b: 2", "[3] c: 3", "join d", "[4] d: 4", "[5] a: 5");

        assertThat(plan.steps()).contains(new Step.Leave("b"), new Step.Join("d"));
        assertThat(plan.tally().madeRoom()).isEqualTo(1);
        assertThat(plan.tally().madeRoomAwhile()).isZero();
    }

    @Test
    void whoSpeaksLastMakesRoomAwhileWhenNobodyIsDone() {
        BlockPlan plan = plan(2, "[1] a: 1", "[2] b: 2", "[3] c: 3", "[4] a: 4", "[5] b: 5", "[6] c: 6");

        assertThat(plan.tally().madeRoomAwhile()).isPositive();
        assertThat(plan.messages()).isEqualTo(6);
        respectsItsBounds(plan, 2);
    }

    @Test
    void blankMessagesAndPeopleWhoNeverSpeakAreCountedAndLeftOut() {
        BlockPlan plan = plan(9, "[1] a: hi", "join lurker", "[2] a:  ");

        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.tally().unjoined()).isEqualTo(1);
        assertThat(plan.tally().blank()).isEqualTo(1);
    }

    @Test
    void theRealLogFitsIntoGroupsOfAHundred() throws IOException {
        assumeThat(REAL_LOG).matches(Files::exists);
        List<IrcLog.Block> blocks = IrcLog.read(REAL_LOG);
        Set<String> people = BlockPlanner.speakers(blocks);
        int messages = 0;
        BlockPlan.Tally tally = BlockPlan.Tally.NOTHING;
        for (IrcLog.Block block : blocks) {
            BlockPlan plan = BlockPlanner.plan(block, 99, people, Integer.MAX_VALUE);
            respectsItsBounds(plan, 99);
            messages += plan.messages();
            tally = tally.plus(plan.tally());
        }
        System.out.println(messages + " messages of " + people.size() + " people: " + tally);
        assertThat(messages).isGreaterThan(208_000);
    }

    private static void respectsItsBounds(BlockPlan plan, int places) {
        Set<String> members = new HashSet<>(plan.members());
        for (Step step : plan.steps()) {
            boolean allowed = switch (step) {
                case Step.Say say -> members.contains(say.nick()) && members.containsAll(say.mentions());
                case Step.Join join -> members.add(join.nick()) && members.size() <= places;
                case Step.Leave leave -> members.remove(leave.nick());
            };
            if (!allowed) {
                fail("Not a step that the group of %s allows: %s".formatted(plan.name(), step));
            }
        }
    }

    private static BlockPlan plan(int places, String... lines) {
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
        return BlockPlanner.plan(block, places, BlockPlanner.speakers(List.of(block)), Integer.MAX_VALUE);
    }
}

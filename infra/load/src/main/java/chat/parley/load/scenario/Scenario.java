package chat.parley.load.scenario;

import chat.parley.load.harness.MeasurementOptions;
import chat.parley.load.harness.ScenarioRun;
import chat.parley.load.harness.ServerOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A subcommand that puts one kind of load on a server, checks the outcome, and reports what it measured. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class Scenario implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private MeasurementOptions measurement = new MeasurementOptions();

    private @Nullable ScenarioRun run;

    /** All scenarios. */
    public static List<Class<? extends Scenario>> all() {
        return List.of(
                CatchUpScenario.class,
                GroupsScenario.class,
                HistoryScenario.class,
                IdleScenario.class,
                PresenceScenario.class,
                InboxScenario.class,
                IndexCheckScenario.class,
                MixedScenario.class,
                PairsScenario.class,
                RebuildScenario.class,
                ReconnectStormScenario.class,
                SearchScenario.class);
    }

    /** The options that define the load, for the report. */
    abstract Map<String, Object> settings();

    abstract void play() throws IOException, InterruptedException;

    /** Present while the scenario plays. */
    final ScenarioRun run() {
        return Objects.requireNonNull(run);
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        String name = getClass().getAnnotation(Command.class).name();
        return ScenarioRun.play(name, settings(), server, measurement, started -> {
            run = started;
            play();
        });
    }
}

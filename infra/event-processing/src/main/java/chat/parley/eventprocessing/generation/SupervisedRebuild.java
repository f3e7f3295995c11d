package chat.parley.eventprocessing.generation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.function.ToLongFunction;

/** Rebuilds the read model of one {@link GenerationSupervisor}. */
public final class SupervisedRebuild implements RebuildTarget {
    private final String name;
    private final GenerationSupervisor<?> generations;
    private final Runnable requireAvailable;
    private final ToLongFunction<String> storedPosition;

    /**
     * @param requireAvailable throws {@link Refused} while the read model's storage cannot be used
     * @param storedPosition the global index up to which the named generation includes all events, on all nodes together;
     *     asked if this node does not fill it
     */
    public SupervisedRebuild(
            String name,
            GenerationSupervisor<?> generations,
            Runnable requireAvailable,
            ToLongFunction<String> storedPosition) {
        this.name = name;
        this.generations = generations;
        this.requireAvailable = requireAvailable;
        this.storedPosition = storedPosition;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RebuildReport begin() {
        requireAvailable.run();
        if (!generations.begin()) {
            throw new Refused(Refusal.REBUILD_RUNNING);
        }
        return report();
    }

    @Override
    public void cancel() {
        requireAvailable.run();
        if (!generations.cancel()) {
            throw new Refused(Refusal.NOT_FOUND);
        }
    }

    @Override
    public RebuildReport report() {
        requireAvailable.run();
        RebuildStatus status = generations.status();
        String next = status.next();
        if (status.state() != RebuildState.FILLING || next == null) {
            return RebuildReport.of(name, status, status.position(), 0);
        }
        long position = status.position() < 0 ? storedPosition.applyAsLong(next) : status.position();
        long eventsPerSecond = generations
                .findFilling()
                .filter(filling -> filling.name().equals(next))
                .map(RunningGeneration::eventsPerSecond)
                .orElse(0L);
        return RebuildReport.of(name, status, position, eventsPerSecond);
    }
}

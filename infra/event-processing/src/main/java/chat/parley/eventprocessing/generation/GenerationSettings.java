package chat.parley.eventprocessing.generation;

import java.time.Duration;

/**
 * Settings of the supervision of generations.
 *
 * @param readModel name in logs and of the thread
 * @param epoch the epoch of the event store
 * @param format format of the documents that this node writes
 * @param processing whether this process runs the processors; otherwise it only answers from what others write
 * @param required whether the application starts only after the served generation runs; otherwise the generation starts as
 *     soon as its storage is available
 * @param supervision interval at which a node checks which generation it has to fill or serve
 * @param retireAfter time for which a generation is kept after another is served, for queries that still run
 */
public record GenerationSettings(
        String readModel,
        String epoch,
        int format,
        boolean processing,
        boolean required,
        Duration supervision,
        Duration retireAfter) {}

package chat.parley.eventprocessing.generation;

import java.time.Duration;

/**
 * Settings of the supervision of generations.
 *
 * @param readModel name in logs and of the thread
 * @param supervision interval at which a node checks which generation it has to fill or serve
 * @param retireAfter time for which a generation is kept after another is served, for queries that still run
 */
public record GenerationSettings(String readModel, Duration supervision, Duration retireAfter) {}

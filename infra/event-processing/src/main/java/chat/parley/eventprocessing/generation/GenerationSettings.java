package chat.parley.eventprocessing.generation;

import java.time.Duration;

/**
 * How the generations of a read model are supervised.
 *
 * @param readModel   its name in logs and of its thread
 * @param supervision how often a node looks whether another generation is to be filled or served
 * @param retireAfter how long a generation that is no longer served is kept, so that queries under way are answered
 */
public record GenerationSettings(String readModel, Duration supervision, Duration retireAfter) {}

package chat.parley.projections.processing;

/**
 * One event to project.
 *
 * @param aggregate whose event it is
 * @param position  its sequence number there + 1
 * @param index     its place in the global order
 */
public record Occurrence(String aggregate, long position, long index, Object payload) {}

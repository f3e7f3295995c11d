/**
 * The only language the modules share: commands, events, queries, ids, refusal codes, and the ports through which one
 * module asks another. Events are stored forever: their shapes are pinned by the golden files of {@code infra/event-store}.
 */
@NullMarked
package chat.parley.api;

import org.jspecify.annotations.NullMarked;

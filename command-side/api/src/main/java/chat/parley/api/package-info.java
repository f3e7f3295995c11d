/**
 * The types that modules share: commands, events, queries, ids, refusal codes, and ports that one module implements for
 * another. Events are stored permanently; golden files in {@code infra/event-store} pin their JSON.
 */
@NullMarked
package chat.parley.api;

import org.jspecify.annotations.NullMarked;

/**
 * Conversations as evidence: each selected entry with every version of its text and with everybody who could read it.
 * Whether somebody could read something is decided by {@link chat.parley.api.conversation.Visibility} alone.
 */
@NullMarked
package chat.parley.audit.transcript;

import org.jspecify.annotations.NullMarked;

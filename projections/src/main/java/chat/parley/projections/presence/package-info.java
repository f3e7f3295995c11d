/** Presences: writes and queries connected devices. */
@NullMarked
package chat.parley.projections.presence;

import org.jspecify.annotations.NullMarked;

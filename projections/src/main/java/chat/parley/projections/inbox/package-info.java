/** Inboxes: writes and queries memberships, read marks, preferences and unread counts. */
@NullMarked
package chat.parley.projections.inbox;

import org.jspecify.annotations.NullMarked;

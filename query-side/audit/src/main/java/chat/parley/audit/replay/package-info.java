/** Playing a conversation back as a member saw it. */
@NullMarked
package chat.parley.audit.replay;

import org.jspecify.annotations.NullMarked;

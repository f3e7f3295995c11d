@NullMarked
package chat.parley.command.http.conversation;

import org.jspecify.annotations.NullMarked;

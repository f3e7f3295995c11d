@NullMarked
package chat.parley.query.http.conversation;

import org.jspecify.annotations.NullMarked;

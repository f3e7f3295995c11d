/** What is asked for the health of a process. */
@NullMarked
package chat.parley.app.health;

import org.jspecify.annotations.NullMarked;

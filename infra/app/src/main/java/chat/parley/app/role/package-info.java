/** What a process has in each role. */
@NullMarked
package chat.parley.app.role;

import org.jspecify.annotations.NullMarked;

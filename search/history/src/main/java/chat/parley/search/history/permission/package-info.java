@NullMarked
package chat.parley.search.history.permission;

import org.jspecify.annotations.NullMarked;

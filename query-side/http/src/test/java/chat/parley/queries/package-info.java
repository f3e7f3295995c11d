@NullMarked
package chat.parley.queries;

import org.jspecify.annotations.NullMarked;

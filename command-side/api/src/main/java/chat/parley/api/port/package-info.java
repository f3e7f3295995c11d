@NullMarked
package chat.parley.api.port;

import org.jspecify.annotations.NullMarked;

@NullMarked
package chat.parley.embedded.mongodb;

import org.jspecify.annotations.NullMarked;

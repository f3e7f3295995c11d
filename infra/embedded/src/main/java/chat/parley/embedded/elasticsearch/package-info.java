@NullMarked
package chat.parley.embedded.elasticsearch;

import org.jspecify.annotations.NullMarked;

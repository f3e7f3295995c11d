@NullMarked
package chat.parley.web.address;

import org.jspecify.annotations.NullMarked;

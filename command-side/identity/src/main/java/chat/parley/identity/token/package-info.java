@NullMarked
package chat.parley.identity.token;

import org.jspecify.annotations.NullMarked;

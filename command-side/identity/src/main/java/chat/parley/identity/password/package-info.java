@NullMarked
package chat.parley.identity.password;

import org.jspecify.annotations.NullMarked;

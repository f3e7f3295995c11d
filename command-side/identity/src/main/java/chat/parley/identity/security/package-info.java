@NullMarked
package chat.parley.identity.security;

import org.jspecify.annotations.NullMarked;

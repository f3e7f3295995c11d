@NullMarked
package chat.parley.identity.login;

import org.jspecify.annotations.NullMarked;

@NullMarked
package chat.parley.identity.account;

import org.jspecify.annotations.NullMarked;

@NullMarked
package chat.parley.api.account;

import org.jspecify.annotations.NullMarked;

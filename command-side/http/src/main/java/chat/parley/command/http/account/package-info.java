@NullMarked
package chat.parley.command.http.account;

import org.jspecify.annotations.NullMarked;

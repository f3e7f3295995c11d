@NullMarked
package chat.parley.command.http.contact;

import org.jspecify.annotations.NullMarked;

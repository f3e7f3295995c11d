@NullMarked
package chat.parley.api.contact;

import org.jspecify.annotations.NullMarked;

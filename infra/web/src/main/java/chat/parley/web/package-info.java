@NullMarked
package chat.parley.web;

import org.jspecify.annotations.NullMarked;

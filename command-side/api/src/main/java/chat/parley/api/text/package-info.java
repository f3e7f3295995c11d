/**
 * Rules for text and for the equality of texts, decided by ICU from Unicode properties. Only this package and search
 * analysis use ICU, and no other package lists individual characters.
 */
@NullMarked
package chat.parley.api.text;

import org.jspecify.annotations.NullMarked;

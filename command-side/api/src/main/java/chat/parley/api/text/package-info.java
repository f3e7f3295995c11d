/**
 * What text may be and when two texts are the same, decided from Unicode's own properties by ICU, for every module alike.
 * No other package but the analysis of search asks ICU, and none lists characters.
 */
@NullMarked
package chat.parley.api.text;

import org.jspecify.annotations.NullMarked;

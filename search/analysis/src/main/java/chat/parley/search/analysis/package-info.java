/** Analysis of Korean and English text, as an Elasticsearch plugin. */
@NullMarked
package chat.parley.search.analysis;

import org.jspecify.annotations.NullMarked;

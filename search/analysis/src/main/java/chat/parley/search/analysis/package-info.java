/** Korean and English text analysis, run inside Elasticsearch. */
@NullMarked
package chat.parley.search.analysis;

import org.jspecify.annotations.NullMarked;

/** Elasticsearch as a child process. */
@NullMarked
package chat.parley.embedded.elasticsearch;

import org.jspecify.annotations.NullMarked;

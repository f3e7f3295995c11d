/** Runs PostgreSQL, a MongoDB-compatible server and Elasticsearch without Docker. */
@NullMarked
package chat.parley.embedded;

import org.jspecify.annotations.NullMarked;

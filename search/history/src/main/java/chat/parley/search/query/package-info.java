/** The query language, and how a query becomes one of Elasticsearch. */
@NullMarked
package chat.parley.search.query;

import org.jspecify.annotations.NullMarked;

/** The query language, and how a query becomes one of Elasticsearch. */
@NullMarked
package chat.parley.search.history.query;

import org.jspecify.annotations.NullMarked;

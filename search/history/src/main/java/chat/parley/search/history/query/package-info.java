/** Plans, runs and answers searches: paging, facets, suggestions and the REST endpoints. */
@NullMarked
package chat.parley.search.history.query;

import org.jspecify.annotations.NullMarked;

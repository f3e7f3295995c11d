/** Plans, runs and answers searches: paging, the check of hits, facets, suggestions and the REST endpoints. */
@NullMarked
package chat.parley.search.history.query;

import org.jspecify.annotations.NullMarked;

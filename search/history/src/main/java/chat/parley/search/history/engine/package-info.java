/** Access to Elasticsearch: clients, state, monitoring and initialization. */
@NullMarked
package chat.parley.search.history.engine;

import org.jspecify.annotations.NullMarked;

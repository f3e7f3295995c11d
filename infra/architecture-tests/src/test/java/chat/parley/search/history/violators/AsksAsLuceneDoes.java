package chat.parley.search.history.violators;

import co.elastic.clients.elasticsearch._types.query_dsl.QueryStringQuery;

record AsksAsLuceneDoes(QueryStringQuery query) {}

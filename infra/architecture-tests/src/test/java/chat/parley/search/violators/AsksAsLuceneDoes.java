package chat.parley.search.violators;

import co.elastic.clients.elasticsearch._types.query_dsl.QueryStringQuery;

record AsksAsLuceneDoes(QueryStringQuery query) {}

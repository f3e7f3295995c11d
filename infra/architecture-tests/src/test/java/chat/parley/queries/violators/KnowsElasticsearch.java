package chat.parley.queries.violators;

import co.elastic.clients.elasticsearch.ElasticsearchClient;

record KnowsElasticsearch(ElasticsearchClient elasticsearch) {}

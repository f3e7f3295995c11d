package chat.parley.query.http.violators;

import co.elastic.clients.elasticsearch.ElasticsearchClient;

record KnowsElasticsearch(ElasticsearchClient elasticsearch) {}

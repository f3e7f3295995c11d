package chat.parley.search.history;

import chat.parley.search.history.analyst.AnalystConfiguration;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.operator.CheckController;
import chat.parley.search.history.operator.DeadLetterController;
import chat.parley.search.history.operator.OperatorAccess;
import chat.parley.search.history.operator.RebuildController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints of those who operate the index. */
@Configuration(proxyBeanMethods = false)
@Import({SearchConfiguration.class, AnalystConfiguration.class})
public class OperatorEndpoints {
    @Bean
    RebuildController searchRebuilds(SearchIndex index, OperatorAccess access) {
        return new RebuildController(index.rebuilds(), access);
    }

    @Bean
    DeadLetterController searchDeadLetters(SearchIndex index, SearchEngine engine, OperatorAccess access) {
        return new DeadLetterController(engine, index.served(), index.letters(), access);
    }

    @Bean
    CheckController searchChecks(SearchIndex index, OperatorAccess access) {
        return new CheckController(index.check(), access);
    }
}

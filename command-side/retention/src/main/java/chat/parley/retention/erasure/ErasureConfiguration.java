package chat.parley.retention.erasure;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the erasure of users. */
@Configuration(proxyBeanMethods = false)
@Import({
    ErasureTable.class,
    JdbcErasureProgress.class,
    ErasureSteps.class,
    Erasures.class,
    ErasureFinisher.class,
    ErasuresController.class
})
public class ErasureConfiguration {}

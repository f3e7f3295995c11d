package chat.parley.retention.erasure;

import chat.parley.identity.account.DeletionFinisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the erasure of users. The deletion of an account is one of its steps. */
@Configuration(proxyBeanMethods = false)
@Import({
    ErasureTable.class,
    ErasureProgressConfiguration.class,
    ErasureSteps.class,
    Erasures.class,
    ErasureFinisher.class,
    DeletionFinisher.class,
    ErasuresController.class
})
public class ErasureConfiguration {}

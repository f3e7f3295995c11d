package chat.parley.retention.erasure;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Stores which stores have dropped which users, wherever a store is. */
@Configuration(proxyBeanMethods = false)
@Import(JdbcErasureProgress.class)
public class ErasureProgressConfiguration {}

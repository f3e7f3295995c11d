package chat.parley.vault.primary;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Lets the pool that Spring Boot makes open its connections to the primary. */
public final class PrimaryPool implements BeanPostProcessor {
    private final Supplier<PrimaryConnections> connections;

    /** @param connections called when the pool is made, because it may wait for an engine to start */
    public PrimaryPool(Supplier<PrimaryConnections> connections) {
        this.connections = connections;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.setDataSource(new PrimaryDataSource(connections.get(), pool.getDataSourceProperties()));
        }
        return bean;
    }
}

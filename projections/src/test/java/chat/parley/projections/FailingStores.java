package chat.parley.projections;

import chat.parley.testing.Intercepted;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/** A database and a token store that fail when a test says so. */
final class FailingStores {
    private FailingStores() {}

    /** Simulates the death of the process. */
    static final class Crash extends RuntimeException {}

    /** Its bulk writes fail while this is true. */
    static MongoDatabase database(MongoDatabase database, BooleanSupplier fails) {
        return Intercepted.of(MongoDatabase.class, (_, method, arguments) -> {
            Object result = method.invoke(database, arguments);
            return result instanceof MongoCollection<?> collection ? collection(collection, fails) : result;
        });
    }

    private static MongoCollection<?> collection(MongoCollection<?> collection, BooleanSupplier fails) {
        return Intercepted.of(MongoCollection.class, (_, method, arguments) -> {
            if ("bulkWrite".equals(method.getName()) && fails.getAsBoolean()) {
                throw new Crash();
            }
            return method.invoke(collection, arguments);
        });
    }

    /** Storing tokens fails while this is true. */
    static TokenStore tokens(TokenStore tokens, BooleanSupplier fails) {
        return tokens(tokens, processor -> fails.getAsBoolean());
    }

    /** Storing tokens of a processor fails while this is true of its name. */
    static TokenStore tokens(TokenStore tokens, Predicate<String> fails) {
        return Intercepted.of(TokenStore.class, (_, method, arguments) -> {
            if ("storeToken".equals(method.getName()) && fails.test((String) arguments[1])) {
                throw new Crash();
            }
            return method.invoke(tokens, arguments);
        });
    }
}

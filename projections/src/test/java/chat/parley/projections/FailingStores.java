package chat.parley.projections;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
        return proxy(MongoDatabase.class, (proxy, method, arguments) -> {
            Object result = call(database, method, arguments);
            return result instanceof MongoCollection<?> collection ? collection(collection, fails) : result;
        });
    }

    private static MongoCollection<?> collection(MongoCollection<?> collection, BooleanSupplier fails) {
        return proxy(MongoCollection.class, (proxy, method, arguments) -> {
            if ("bulkWrite".equals(method.getName()) && fails.getAsBoolean()) {
                throw new Crash();
            }
            return call(collection, method, arguments);
        });
    }

    /** Storing tokens fails while this is true. */
    static TokenStore tokens(TokenStore tokens, BooleanSupplier fails) {
        return tokens(tokens, processor -> fails.getAsBoolean());
    }

    /** Storing tokens of a processor fails while this is true of its name. */
    static TokenStore tokens(TokenStore tokens, Predicate<String> fails) {
        return proxy(TokenStore.class, (proxy, method, arguments) -> {
            if ("storeToken".equals(method.getName()) && fails.test((String) arguments[1])) {
                throw new Crash();
            }
            return call(tokens, method, arguments);
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package chat.parley.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Implementations of interfaces whose calls a test answers, or changes on their way to the real object. */
public final class Intercepted {
    private Intercepted() {}

    /** The caller gets the real exception of a call that is passed on by reflection. */
    public static <T> T of(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return calls.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }
}

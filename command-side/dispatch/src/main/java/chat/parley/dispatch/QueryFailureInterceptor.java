package chat.parley.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.messaging.GenericResultMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.QueryMessage;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer whose future fails into an exceptional result message. If a handler's future fails, Axon Server loses
 * the details of the exception, which hold the refusal; an exceptional result message keeps them, as it does for an
 * exception that the handler throws.
 */
final class QueryFailureInterceptor implements MessageHandlerInterceptor<QueryMessage<?, ?>> {
    @Override
    public @Nullable Object handle(UnitOfWork<? extends QueryMessage<?, ?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        Object answer = chain.proceed();
        return answer instanceof CompletableFuture<?> later ? later.handle(QueryFailureInterceptor::settled) : answer;
    }

    private static @Nullable Object settled(@Nullable Object answer, @Nullable Throwable failure) {
        if (failure == null) {
            return answer;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new GenericResultMessage<>(cause);
    }
}

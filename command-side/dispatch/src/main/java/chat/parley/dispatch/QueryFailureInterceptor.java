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
 * Makes of an answer that fails later an answer that says so. Over Axon Server a handler's future that fails loses the
 * exception's details, which are the refusal; a result message that is exceptional keeps them, as an exception that the
 * handler throws does.
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

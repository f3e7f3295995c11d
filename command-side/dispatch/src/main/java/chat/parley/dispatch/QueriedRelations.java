package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactCommand.AskContact;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.KeyedHash;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the accounts themselves. An account's answer is kept until this node handles another command of it: it is dropped
 * before that command is answered, so whoever asks after the answer to a block knows of the block.
 *
 * <p>What is kept is the question and not only its answer. A question that a change overtakes is dropped with the rest,
 * and its answer serves only those who had asked before the change was answered.
 */
final class QueriedRelations implements UserRelationships, MessageHandlerInterceptor<CommandMessage<?>> {
    private static final Logger log = LoggerFactory.getLogger(QueriedRelations.class);

    /** People who are talked to at the same time, generously; some 200 bytes each. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CommandBusClient commands;
    private final KeyedHash hashes;
    private final AsyncCache<UserId, AccountPrivacy> privacies =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

    QueriedRelations(CommandBusClient commands, KeyedHash hashes) {
        this.commands = commands;
        this.hashes = hashes;
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        CompletableFuture<AccountPrivacy> known = privacies.getIfPresent(user);
        return known != null
                ? known
                : privacies.get(
                        user, (asked, _) -> ask(new AskPrivacy(asked), AccountPrivacy.class, AccountPrivacy.DEFAULT));
    }

    @Override
    public CompletableFuture<Boolean> areContacts(UserId one, UserId other) {
        return ask(new AskContact(hashes.contact(one, other), one, other), Boolean.class, false);
    }

    @Override
    public void forget(UserId user) {
        privacies.synchronous().invalidate(user);
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        if (work.getMessage().getPayload() instanceof AccountCommand command && !(command instanceof AskPrivacy)) {
            // Whether it was stored or not: a commit that failed may still have reached the disk.
            work.onCleanup(_ -> forget(command.user()));
        }
        return chain.proceed();
    }

    /** @param otherwise the answer of who is not there */
    private <R> CompletableFuture<R> ask(Object question, Class<R> type, R otherwise) {
        return commands.dispatch(question, type, TIMEOUT).handle((answer, failed) -> {
            if (failed == null) {
                return answer;
            }
            Refusal refusal = Refused.in(failed).orElse(Refusal.RETRY_LATER);
            if (refusal == Refusal.USER_NOT_FOUND || refusal == Refusal.NOT_FOUND) {
                return otherwise;
            }
            log.warn("A {} was not answered", question.getClass().getSimpleName(), failed);
            throw new CompletionException(new Refused(Refusal.RETRY_LATER));
        });
    }
}

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
 * Asks the account aggregates about relations of their users. The answer of an account is cached until this node
 * handles another command of that account. The entry is dropped before the command is answered, so a caller that has
 * seen the answer to a block also sees the block.
 *
 * <p>The cache holds the pending question, not only its answer. A question that overlaps with a change is dropped too,
 * and its answer is given only to callers that asked before the change was answered.
 *
 * <p>If other nodes handle commands, too, their changes reach the cache with the event feed, a moment after they were
 * answered. A decision that is stored then asks the account each time.
 */
final class QueriedRelations implements UserRelationships, MessageHandlerInterceptor<CommandMessage<?>> {
    private static final Logger log = LoggerFactory.getLogger(QueriedRelations.class);

    /** Users with a conversation in the same period, estimated generously. An entry takes about 200 bytes. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CommandBusClient commands;
    private final KeyedHash hashes;
    private final boolean oneOfSeveral;
    private final AsyncCache<UserId, AccountPrivacy> privacies =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

    /** @param oneOfSeveral whether other nodes may handle commands of the same accounts */
    QueriedRelations(CommandBusClient commands, KeyedHash hashes, boolean oneOfSeveral) {
        this.commands = commands;
        this.hashes = hashes;
        this.oneOfSeveral = oneOfSeveral;
    }

    @Override
    public CompletableFuture<AccountPrivacy> privacyOf(UserId user) {
        CompletableFuture<AccountPrivacy> known = privacies.getIfPresent(user);
        return known != null ? known : privacies.get(user, (asked, _) -> askPrivacy(asked));
    }

    @Override
    public CompletableFuture<AccountPrivacy> currentPrivacyOf(UserId user) {
        return oneOfSeveral ? askPrivacy(user) : privacyOf(user);
    }

    private CompletableFuture<AccountPrivacy> askPrivacy(UserId user) {
        return ask(new AskPrivacy(user), AccountPrivacy.class, AccountPrivacy.DEFAULT);
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
            // Also if the commit failed, because its events may be on disk nevertheless.
            work.onCleanup(_ -> forget(command.user()));
        }
        return chain.proceed();
    }

    /** @param otherwise the answer if the account or the relation does not exist */
    private <R> CompletableFuture<R> ask(Object question, Class<R> type, R otherwise) {
        return commands.dispatch(question, type, TIMEOUT).handle((answer, failed) -> {
            if (failed == null) {
                return answer;
            }
            Refusal refusal = Refused.in(failed).orElse(Refusal.RETRY_LATER);
            if (refusal == Refusal.USER_NOT_FOUND || refusal == Refusal.NOT_FOUND) {
                return otherwise;
            }
            log.warn(
                    "{} was not answered, so the request that needs it is refused and can be repeated",
                    question.getClass().getSimpleName(),
                    failed);
            throw new CompletionException(new Refused(Refusal.RETRY_LATER));
        });
    }
}

package chat.parley.dispatch;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.EventFeed;
import chat.parley.eventprocessing.feed.FeedFollower;
import org.springframework.context.SmartLifecycle;

/**
 * Drops what this process remembers of accounts when they have changed. A process with sockets does so before it delivers
 * what follows.
 */
public final class AccountChanges implements FeedFollower.Listener {
    private final UserRelationships relations;

    private AccountChanges(UserRelationships relations) {
        this.relations = relations;
    }

    public static FeedFollower follower(EventFeed feed, UserRelationships relations) {
        return new FeedFollower(
                feed, new AccountChanges(relations), "parley-account-changes", SmartLifecycle.DEFAULT_PHASE);
    }

    @Override
    public void accept(EventFeed.Item item, boolean more) {
        if (AccountEvent.class.isAssignableFrom(item.type())) {
            relations.forget(((AccountEvent) item.payload()).user());
        }
    }
}

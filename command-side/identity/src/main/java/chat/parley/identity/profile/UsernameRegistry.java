package chat.parley.identity.profile;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.FindUser;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;

/**
 * Gives each username to one user, and refuses names that look like another user's. The name and its looks are claims.
 * Each claim is an aggregate, so the event store alone decides which request was first.
 */
public final class UsernameRegistry {
    private final UsernameClaims claims;
    private final FormerNames formerNames;
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;

    public UsernameRegistry(
            UsernameClaims claims, FormerNames formerNames, CommandDispatcher commands, ReadModelClient readModel) {
        this.claims = claims;
        this.formerNames = formerNames;
        this.commands = commands;
        this.readModel = readModel;
    }

    /**
     * Takes a name permanently.
     *
     * @return the holder: the asking user, or the user of an earlier attempt that did not complete its account
     * @throws Refused {@link Refusal#USERNAME_TAKEN} or {@link Refusal#RETRY_LATER}
     */
    public UserId take(String username, UserId asker) {
        formerNames.requireClaimed();
        UserId holder = claim(claims.of(username), asker);
        for (UsernameClaimId look : claims.ofLooks(username)) {
            holder = claim(look, holder);
        }
        return holder;
    }

    private UserId claim(UsernameClaimId claim, UserId asker) {
        UserId holder = commands.send(new ClaimUsername(claim, asker), UserId.class);
        if (!holder.equals(asker) && exists(holder)) {
            throw new Refused(Refusal.USERNAME_TAKEN);
        }
        return holder;
    }

    private boolean exists(UserId user) {
        try {
            readModel.askSurely(new FindUser(user), FindUser.Profile.class, profile -> true);
            return true;
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.USER_NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }
}

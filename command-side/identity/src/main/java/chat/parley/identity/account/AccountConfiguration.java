package chat.parley.identity.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Creates, renames and closes accounts. */
@Configuration(proxyBeanMethods = false)
@Import({
    UsernameClaims.class,
    FormerNamesClaimer.class,
    UsernameRegistry.class,
    PendingDeletions.class,
    Profiles.class,
    SignUp.class,
    ExternalAccounts.class,
    UsernameChanges.class,
    AccountClosing.class,
    DeletionFinisher.class
})
public class AccountConfiguration {}

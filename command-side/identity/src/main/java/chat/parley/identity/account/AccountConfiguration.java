package chat.parley.identity.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Creates, changes and closes accounts. */
@Configuration(proxyBeanMethods = false)
@Import({
    PendingDeletions.class,
    SignUp.class,
    UsernameChanges.class,
    PasswordChanges.class,
    AccountClosing.class,
    DeletionFinisher.class
})
public class AccountConfiguration {}

package chat.parley.identity.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Creates, changes and closes accounts. {@link DeletionFinisher} runs where people or auditors order that. */
@Configuration(proxyBeanMethods = false)
@Import({PendingDeletions.class, SignUp.class, UsernameChanges.class, PasswordChanges.class, AccountClosing.class})
public class AccountConfiguration {}

package chat.parley.command.http.account;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints of accounts, sessions, passwords and settings. */
@Configuration(proxyBeanMethods = false)
@Import({
    AccountsController.class,
    SessionsController.class,
    LoginOptionsController.class,
    PasswordsController.class,
    MailAddressController.class,
    ClosingController.class,
    MeController.class,
    SettingsController.class,
    RolesController.class
})
public class AccountEndpoints {}

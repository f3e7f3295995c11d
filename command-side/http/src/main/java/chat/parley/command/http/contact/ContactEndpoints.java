package chat.parley.command.http.contact;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints of contacts and blocks. */
@Configuration(proxyBeanMethods = false)
@Import({ContactPolicy.class, ContactsController.class})
public class ContactEndpoints {}

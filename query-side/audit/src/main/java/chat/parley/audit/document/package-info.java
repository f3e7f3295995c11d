/**
 * Selected entries as documents that tools of others read: Relativity's short message format, mails in the manner of
 * Global Relay, and Slack's export. Each is one zip file inside the archive of an export.
 */
@NullMarked
package chat.parley.audit.document;

import org.jspecify.annotations.NullMarked;

// One entry of a conversation in the past: no buttons, no menus.
import { html } from 'htm/preact';
import { full } from '../i18n/texts.js';
import { nameOf } from '../components/common.js';
import { Body, Note } from './message.js';

/** @param {{entry: any, people: any, reactions: string, children?: any}} props children come behind the time */
export function PastEntry({ entry, people, reactions, children }) {
  return entry.kind === 'message'
    ? html`<article class="message"><div class="content"><header><strong>${nameOf(people.get(entry.sender))}</strong><time datetime=${entry.at}>${full(entry.at)}</time>${children}</header>
        <${Body} entry=${entry} people=${people} />${reactions && html`<p>${reactions}</p>`}</div></article>`
    : html`<${Note} entry=${entry} people=${people} />`;
}

// The field in which messages are written, edited and answered.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { useEnter } from '../components/enter.js';
import { Icon } from '../components/icon.js';
import { t } from '../i18n/texts.js';
import { Avatar, nameOf } from '../components/common.js';

const TYPING_EVERY_MS = 3000;
const MOST_CHARACTERS = 100_000;
const DRAFT = 'parley.draft.';

const lengthOf = (text) => {
  let length = 0;
  for (const _ of text) {
    length += 1;
  }
  return length;
};

/**
 * @param {{conversation: string, members: string[], people: any, editing: any, replying: any, onSend: (text: string, mentions: string[]) => void,
 *   onTyping: () => void, onEditLast: () => void, onStop: () => void}} props
 */
export function Composer({ conversation, members, people, editing, replying, onSend, onTyping, onEditLast, onStop }) {
  const field = useRef(null);
  const typedAt = useRef(0);
  const edited = useRef(null);
  const draft = () => sessionStorage.getItem(DRAFT + conversation) ?? '';
  // From the first drawing on: an effect would come later and replace what was typed meanwhile.
  const [text, setText] = useState(draft);
  const [query, setQuery] = useState(null);
  const [selected, setSelected] = useState(0);

  useEffect(() => {
    const position = editing?.position ?? null;
    if (position !== edited.current) {
      edited.current = position;
      setText(editing ? (editing.text ?? '') : draft());
    }
    field.current.focus({ preventScroll: true });
  }, [editing?.position]);
  useEffect(() => {
    if (replying) {
      field.current.focus();
    }
  }, [replying?.position]);
  useEffect(() => {
    if (!editing) {
      text ? sessionStorage.setItem(DRAFT + conversation, text) : sessionStorage.removeItem(DRAFT + conversation);
    }
  }, [text]);
  useLayoutEffect(() => {
    const element = field.current;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 240)}px`;
  }, [text]);

  const tooLong = text.length > MOST_CHARACTERS ? Math.max(0, lengthOf(text) - MOST_CHARACTERS) : 0;

  const candidates = query === null ? [] : members
    .map((user) => people.get(user))
    .filter((person) => person?.username && !person.deleted
      && (person.username.toLowerCase().startsWith(query) || nameOf(person).toLowerCase().includes(query)))
    .slice(0, 6);

  const changed = (value) => {
    setText(value);
    const before = value.slice(0, field.current.selectionStart);
    const typed = /(?:^|\s)@([^\s@]{0,64})$/.exec(before);
    setQuery(typed ? typed[1].toLowerCase() : null);
    setSelected(0);
    if (value && Date.now() - typedAt.current > TYPING_EVERY_MS) {
      typedAt.current = Date.now();
      onTyping();
    }
  };

  const complete = (person) => {
    // The element has the last syllable of a composition before the state has it.
    const { value, selectionStart: at } = field.current;
    const before = value.slice(0, at).replace(/@[^\s@]*$/, `@${person.username} `);
    setText(before + value.slice(at));
    setQuery(null);
    queueMicrotask(() => {
      field.current.focus();
      field.current.setSelectionRange(before.length, before.length);
    });
  };

  const send = () => {
    const written = field.current.value.replace(/\s+$/, '');
    if (!written.trim() || lengthOf(written) > MOST_CHARACTERS) {
      return;
    }
    const names = new Set([...written.matchAll(/@([\p{L}\p{N}_.-]{1,64})/gu)].map((match) => match[1].toLowerCase()));
    const mentioned = members.filter((user) => names.has(people.get(user)?.username?.toLowerCase()));
    field.current.value = '';
    setText('');
    setQuery(null);
    onSend(written, mentioned);
  };

  const chosen = candidates.at(selected) ?? null;
  const enter = useEnter(() => (chosen ? complete(chosen) : send()));

  const keyDown = (event) => {
    enter.onKeyDown(event);
    if (event.isComposing) {
      return; // The other keys are for the input method.
    }
    if (chosen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setSelected((selected + (event.key === 'ArrowDown' ? 1 : candidates.length - 1)) % candidates.length);
    } else if (chosen && event.key === 'Tab') {
      event.preventDefault();
      complete(chosen);
    } else if (event.key === 'Escape' && (editing || replying || query !== null)) {
      event.preventDefault();
      event.stopPropagation();
      query !== null ? setQuery(null) : onStop();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
  };

  return html`<form class="composer" onSubmit=${(event) => {
    event.preventDefault();
    send();
  }}>
    ${(editing || replying) && html`<p class="context"><span>${editing ? t('composer.editing') : t('composer.replying', { name: nameOf(people.get(replying.sender)) })}</span>
      <button type="button" class="icon" aria-label=${t('cancel')} onClick=${onStop}><${Icon} name="close" /></button></p>`}
    ${candidates.length > 0 && html`<ul class="completion" role="listbox" id="mentions" aria-label=${t('composer.mentions')}>
      ${candidates.map((person, i) => html`<li key=${person.id} role="option" id=${`mention-${i}`} aria-selected=${i === selected}
        onMouseDown=${(event) => {
          event.preventDefault();
          complete(person);
        }}><${Avatar} people=${people} user=${person.id} /><span>${nameOf(person)}</span> <span class="faint">@${person.username}</span></li>`)}</ul>`}
    <div class="field">
      <textarea ref=${field} rows="1" value=${text} aria-label=${t('composer.label')} placeholder=${t('composer.label')} aria-describedby="composer-hint"
        aria-controls=${candidates.length > 0 ? 'mentions' : undefined} aria-activedescendant=${candidates.length > 0 ? `mention-${selected}` : undefined}
        onInput=${(event) => changed(event.target.value)} ...${enter} onKeyDown=${keyDown} dir="auto"></textarea>
      <button type="submit" disabled=${!text.trim() || tooLong > 0}>${editing ? t('save') : t('send')}</button>
    </div>
    <p id="composer-hint" class="unseen">${t('composer.hint')}</p>
    ${tooLong > 0 && html`<p class="problem" role="alert">${t('composer.too-long', { n: tooLong })}</p>`}
  </form>`;
}

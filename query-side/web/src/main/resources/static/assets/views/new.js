// Starting a conversation, going to one, and the list of shortcuts.
import { useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { useEnter } from '../components/enter.js';
import { Icon } from '../components/icon.js';
import { t } from '../i18n/texts.js';
import { Dialog, PersonSearch, ProblemNote, nameOf, useAction } from '../components/common.js';
import { titleOf } from './conversation.js';

export function NewConversation({ app, onClose }) {
  const [chosen, setChosen] = useState([]);
  const [asGroup, setAsGroup] = useState(false);
  const [title, setTitle] = useState('');
  const { run, busy, problem } = useAction();
  const group = asGroup || chosen.length > 1;
  const start = (event) => {
    event.preventDefault();
    run(async () => {
      const body = group ? { kind: 'group', title: title.trim(), members: chosen.map((person) => person.id) } : { kind: 'direct', with: chosen[0].id };
      const started = await app.client.request('POST', '/conversations', { body });
      await app.inbox.load();
      onClose();
      app.go(`/c/${started.id}`);
    });
  };
  return html`<${Dialog} title=${t('new.title')} onClose=${onClose}>
    <form onSubmit=${start}>
      <p class="hint">${t('new.hint')}</p>
      <ul class="chips">${chosen.map((person) => html`<li key=${person.id}>${nameOf(person)}
        <button type="button" class="icon" aria-label=${`${t('remove')}: ${nameOf(person)}`} onClick=${() => setChosen(chosen.filter((other) => other !== person))}><${Icon} name="close" /></button></li>`)}</ul>
      <${PersonSearch} people=${app.people} label=${t('new.person')} exclude=${chosen.map((person) => person.id)} onPick=${(person) => setChosen([...chosen, person])} />
      ${chosen.length <= 1 && html`<label class="check"><input type="checkbox" checked=${asGroup} onChange=${(event) => setAsGroup(event.target.checked)} /> ${t('new.as-group')}</label>`}
      ${group && html`<label>${t('new.group-title')}<input required maxlength="200" value=${title} onInput=${(event) => setTitle(event.target.value)} /></label>`}
      <${ProblemNote} problem=${problem} />
      <footer><button type="submit" disabled=${busy || (!group && chosen.length === 0)}>${t(group ? 'new.start-group' : 'new.start-direct')}</button></footer>
    </form></${Dialog}>`;
}

export function Switcher({ app, onClose }) {
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState(0);
  const wanted = query.trim().toLowerCase();
  const shown = app.inbox.list.filter((conversation) => titleOf(app, conversation).toLowerCase().includes(wanted)).slice(0, 8);
  const choose = (conversation) => {
    onClose();
    app.go(`/c/${conversation.id}`);
  };
  const enter = useEnter(() => shown[selected] && choose(shown[selected]));
  return html`<${Dialog} title=${t('switcher.title')} onClose=${onClose}>
    <label>${t('switcher.field')}<input type="search" value=${query} role="combobox" aria-expanded="true" aria-controls="switcher-list" aria-activedescendant=${shown.length > 0 ? `switch-${selected}` : undefined}
      onInput=${(event) => {
        setQuery(event.target.value);
        setSelected(0);
      }} ...${enter} onKeyDown=${(event) => {
        enter.onKeyDown(event);
        if (!event.isComposing && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
          event.preventDefault();
          setSelected((selected + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % Math.max(1, shown.length));
        }
      }} /></label>
    <ul class="people" role="listbox" id="switcher-list" aria-label=${t('inbox.title')}>${shown.map((conversation, i) => html`<li key=${conversation.id} id=${`switch-${i}`} role="option"
      aria-selected=${i === selected} class="option" onClick=${() => choose(conversation)}>${titleOf(app, conversation)}</li>`)}</ul>
  </${Dialog}>`;
}

const SHORTCUTS = [
  ['Ctrl K', 'shortcuts.switch'], ['Ctrl Shift F', 'shortcuts.search'], ['Ctrl Shift O', 'shortcuts.new'], ['Alt ↑ ↓', 'shortcuts.up'],
  ['↑', 'shortcuts.edit'], ['Enter', 'shortcuts.send'], ['Shift Enter', 'shortcuts.line'], ['Esc', 'shortcuts.escape'], ['Ctrl /', 'shortcuts.title'],
];

export function Shortcuts({ onClose }) {
  return html`<${Dialog} title=${t('shortcuts.title')} onClose=${onClose}>
    <dl class="shortcuts">${SHORTCUTS.map(([keys, what]) => html`<div key=${keys}><dt><kbd>${keys}</kbd></dt><dd>${t(what)}</dd></div>`)}</dl></${Dialog}>`;
}

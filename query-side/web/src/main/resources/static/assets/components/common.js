// Small pieces that several views use.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { useEnter } from './enter.js';
import { Icon } from './icon.js';
import { loadProblems, t } from '../i18n/texts.js';
import { useModel } from '../model/observable.js';

/** How a person is called here. */
export function nameOf(person) {
  if (!person) {
    return '…';
  }
  return person.erased || person.deleted ? t('person.deleted') : (person.displayName ?? person.username ?? t('person.unknown'));
}

/**
 * Why a message has no text to show; null if it has one. A text that was read before its author was erased is not shown
 * either.
 */
export function goneKey(entry, people) {
  if (entry.retracted) {
    return 'message.retracted';
  }
  return entry.erased || (entry.text ?? null) === null || people.get(entry.sender)?.erased ? 'message.erased' : null;
}

/** The beginning of a text, without half of a character at its end. */
export function firstOf(text, length) {
  const end = text.codePointAt(length - 1) > 0xffff ? length - 1 : length;
  return text.slice(0, end);
}

/** The beginning of a message, or why it has no text. */
export function excerpt(entry, people, length) {
  const gone = goneKey(entry, people);
  return gone ? t(gone) : firstOf(entry.text, length);
}

export function Name({ people, user }) {
  return html`<bdi>${nameOf(people.get(user))}</bdi>`;
}

/** The first letter of a name on a colour that follows from the id. */
export function Avatar({ people, user, title, presence = false }) {
  const name = title ?? nameOf(people.get(user));
  const first = [...(name.trim() || '?')][0];
  const key = user ?? title ?? '';
  let hue = 0;
  for (const character of key) {
    hue = (hue * 31 + character.codePointAt(0)) % 360;
  }
  const status = presence && user ? people.presence(user)?.status : null;
  return html`<span class="avatar" data-hue=${Math.floor(hue / 30)} aria-hidden="true">${first.toUpperCase()}
    ${status && html`<span class=${`dot ${status}`}></span>`}</span>`;
}

/** A modal dialog: Escape and the button close it, and the focus returns to where it was. */
export function Dialog({ title, onClose, children, wide = false }) {
  const element = useRef(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog.showModal();
    dialog.querySelector('input, select, textarea')?.focus();
    return () => dialog.close();
  }, []);
  return html`<dialog ref=${element} class=${wide ? 'wide' : ''} aria-labelledby="dialog-title" onClose=${onClose}
      onClick=${(event) => event.target === element.current && element.current.close()}>
    <div class="dialog">
      <div class="head"><h2 id="dialog-title">${title}</h2>
        <button type="button" class="icon" aria-label=${t('close')} onClick=${() => element.current.close()}><${Icon} name="close" /></button></div>
      ${children}
    </div>
  </dialog>`;
}

/** Runs actions, and keeps the problem of the last one until the next. */
export function useAction() {
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const run = async (action) => {
    setBusy(true);
    setProblem(null);
    try {
      return await action();
    } catch (error) {
      await loadProblems();
      setProblem(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, clear: () => setProblem(null) };
}

export function ProblemNote({ problem }) {
  return problem ? html`<p class="problem" role="alert">${describe(problem)}</p>` : null;
}

/** The text of this language for a refusal where there is one, else what the server says. */
export function describe(problem) {
  const known = problem.code && t(`problem.${problem.code}`, {}, null);
  return known || problem.detail || problem.title || problem.message;
}

/** Finds people by name while typing. Calls onPick with the person. */
export function PersonSearch({ people, label, exclude = [], onPick }) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState([]);
  const { run, problem } = useAction();
  useEffect(() => {
    const wanted = query.trim();
    if (!wanted) {
      setFound([]);
      return undefined;
    }
    const abort = new AbortController();
    let timer = null;
    const ask = () => run(async () => {
      try {
        const answer = await people.find(wanted, abort.signal);
        setFound(answer);
        if (answer.length === 0 && !abort.signal.aborted) {
          // Somebody who has just signed up is found a moment later.
          timer = setTimeout(ask, 3000);
        }
      } catch (error) {
        if (error.name !== 'AbortError' && !abort.signal.aborted) {
          throw error;
        }
      }
    });
    timer = setTimeout(ask, 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  const shown = found.filter((person) => !exclude.includes(person.id) && !person.deleted);
  const pick = (person) => {
    setQuery('');
    setFound([]);
    onPick(person);
  };
  const enter = useEnter(() => shown.length > 0 && pick(shown[0]));
  return html`<div class="person-search">
    <label>${label}
      <input type="search" value=${query} autocomplete="off" autocapitalize="none" spellcheck=${false}
        onInput=${(event) => setQuery(event.target.value)}
        ...${enter} />
    </label>
    <${ProblemNote} problem=${problem} />
    <ul class="people" aria-label=${t('people.found')}>
      ${shown.map((person) => html`<li key=${person.id}><button type="button" class="row-button" onClick=${() => pick(person)}>
        <${Avatar} people=${people} user=${person.id} /><span>${nameOf(person)}</span><span class="faint">@${person.username}</span></button></li>`)}
      ${query.trim() && shown.length === 0 && html`<li class="faint pad">${t('people.none')}</li>`}
    </ul>
  </div>`;
}

// The Enter key in fields where syllables are composed.
import { useRef } from 'preact/hooks';

/** Enter ends the composition of a Hangul syllable and does what Enter does. In other scripts it only chooses among candidates. */
const HANGUL = /\p{Script=Hangul}/u;

/** What a key has as its code while an input method handles it. */
const HANDLED_BY_INPUT_METHOD = 229;

const isEnter = (event) => event.key === 'Enter' || event.code === 'Enter' || event.code === 'NumpadEnter';

/**
 * Handlers for a field in which Enter does something, once for each press. Browsers tell of a press that also ends a
 * composition before the end (Chromium), after it (Safari), or twice; the action runs when the syllable is in the field.
 *
 * @param {() => void} action
 */
export function useEnter(action) {
  const latest = useRef(action);
  latest.current = action;
  const state = useRef({ due: false, done: false, composed: '' });
  return {
    onKeyDown: (event) => {
      if (!isEnter(event) || event.shiftKey) {
        Object.assign(state.current, { due: false, done: false });
      } else if (event.isComposing) {
        state.current.due = true;
      } else if (state.current.done) {
        event.preventDefault(); // Told twice.
      } else if (event.keyCode !== HANDLED_BY_INPUT_METHOD || HANGUL.test(state.current.composed)) {
        event.preventDefault();
        latest.current();
      }
    },
    onKeyUp: () => {
      state.current.done = false;
    },
    oncompositionend: ({ data }) => {
      const { due } = state.current;
      const done = due && HANGUL.test(data);
      state.current = { due: false, done, composed: data };
      if (done) {
        setTimeout(() => latest.current());
      }
    },
  };
}

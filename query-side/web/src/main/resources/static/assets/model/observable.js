// What a view needs of the model: to know when something changed.
import { useLayoutEffect, useReducer } from 'preact/hooks';

/** Browsers draw no frames of a page that is hidden, whose title still changes. */
const LONGEST_MS = 100;

/** Holds listeners and tells them that something changed, once for all changes of a moment. */
export class Observable {
  #listeners = new Set();
  #scheduled = false;

  /** @param {() => void} listener @returns {() => void} ends the subscription */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      this.schedule(() => {
        this.#scheduled = false;
        [...this.#listeners].forEach((listener) => listener());
      });
    }
  }

  /** What a key opens must be there before the next key. @param {() => void} tell */
  schedule(tell) {
    queueMicrotask(tell);
  }
}

/** What the server feeds: a burst of its frames is drawn once. */
export class Feed extends Observable {
  /** @param {() => void} tell */
  schedule(tell) {
    const once = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      tell();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, LONGEST_MS);
  }
}

/**
 * Draws the calling component again whenever the model changes. It follows the model from its first drawing on: a change
 * before the browser shows that drawing is drawn too.
 *
 * @param {Observable | null} model
 */
export function useModel(model) {
  const [, draw] = useReducer((n) => n + 1, 0);
  useLayoutEffect(() => (model ? model.subscribe(() => draw(undefined)) : undefined), [model]);
  return model;
}

// What a view needs of the model: to know when something changed.
import { useEffect, useReducer } from 'preact/hooks';

/** Browsers draw no frames of a page that is hidden, whose title still changes. */
const LONGEST_MS = 100;

/** Holds listeners and tells them, at most once a frame, that something changed. */
export class Observable {
  #listeners = new Set();
  #scheduled = false;

  /** @param {() => void} listener @returns {() => void} ends the subscription */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A burst of frames from the server is drawn once. */
  changed() {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    const tell = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      this.#scheduled = false;
      [...this.#listeners].forEach((listener) => listener());
    };
    const frame = requestAnimationFrame(tell);
    const timer = setTimeout(tell, LONGEST_MS);
  }
}

/** Draws the calling component again whenever the model changes. @param {Observable | null} model */
export function useModel(model) {
  const [, draw] = useReducer((n) => n + 1, 0);
  useEffect(() => (model ? model.subscribe(() => draw(undefined)) : undefined), [model]);
  return model;
}

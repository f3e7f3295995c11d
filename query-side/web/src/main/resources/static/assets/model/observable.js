// What a view needs of the model: to know when something changed.
import { useEffect, useReducer } from 'preact/hooks';

/** Holds listeners and tells them, at most once a frame, that something changed. */
export class Observable {
  #listeners = new Set();
  #scheduled = false;

  /** @param {() => void} listener @returns {() => void} ends the subscription */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Many changes in a burst of frames are drawn once. */
  changed() {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      [...this.#listeners].forEach((listener) => listener());
    });
  }
}

/** Draws the calling component again whenever the model changes. @param {Observable | null} model */
export function useModel(model) {
  const [, draw] = useReducer((n) => n + 1, 0);
  useEffect(() => (model ? model.subscribe(() => draw(undefined)) : undefined), [model]);
  return model;
}

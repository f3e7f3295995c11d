// Drawing only what changed.
import { Component } from 'preact';
import { html } from 'htm/preact';

/**
 * A component that is drawn again only if one of its properties is another one than before.
 *
 * Its virtual node and that of the drawing before share what is not drawn again, which refers to the newest one. Preact keeps
 * some node of an early drawing (preactjs/preact#4909), and so all later ones and their elements would stay. The earlier
 * node therefore lets go of what it shared. `__v` and `__k` are the fixed names in Preact for the virtual node of a component
 * and for the children of a node.
 *
 * @template {Record<string, any>} P
 * @param {(props: P) => any} draw
 */
export function memo(draw) {
  return class extends Component {
    /** @type {any} */
    #node;

    shouldComponentUpdate(next) {
      const before = this.props;
      const changed = Object.keys({ ...before, ...next }).some((name) => before[name] !== next[name]);
      if (!changed) {
        this.#release();
      }
      return changed;
    }

    #release() {
      const before = this.#node;
      this.#node = /** @type {any} */ (this).__v;
      // The children are handed on after this.
      if (before && before !== this.#node && afterwards.push(before) === 1) {
        queueMicrotask(() => afterwards.splice(0).forEach((node) => {
          node.__k = null;
        }));
      }
    }

    render(props) {
      this.#node = /** @type {any} */ (this).__v;
      return html`<${draw} ...${props} />`;
    }
  };
}

/** Nodes that let go of their children when the present drawing is over. @type {any[]} */
const afterwards = [];

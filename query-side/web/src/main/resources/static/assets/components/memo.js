// Drawing only what changed.
import { Component } from 'preact';
import { html } from 'htm/preact';

/**
 * A component that is drawn again only if one of its properties is another one than before.
 *
 * @template {Record<string, any>} P
 * @param {(props: P) => any} draw
 */
export function memo(draw) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const before = this.props;
      return Object.keys({ ...before, ...next }).some((name) => before[name] !== next[name]);
    }

    render(props) {
      return html`<${draw} ...${props} />`;
    }
  };
}

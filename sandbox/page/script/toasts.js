import { button, element } from './element.js';

const SHOWN_MS = 7000;

/** Short notes that go away by themselves. */
export class Toasts {
  node = element('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

  show(text) {
    if ([...this.node.children].some((other) => other.firstChild?.textContent === text)) return;
    const note = element('p', { class: 'toast' }, element('span', {}, text));
    note.append(button('×', { class: 'toast-close', 'aria-label': '關閉提示', onclick: () => note.remove() }));
    this.node.append(note);
    setTimeout(() => note.remove(), SHOWN_MS);
  }
}

import { button, element } from './element.js';
import { recall, remember } from './kept.js';

/** On a narrow screen: which of the phones is shown. On a wide one all are, and this is hidden. */
export class PhoneSwitch {
  node = element('nav', { class: 'phone-switch', 'aria-label': '選擇手機' });
  #main;
  #onShown;
  #buttons = new Map();

  /** @param {{ main: HTMLElement, phones: { name: string, title: string }[], onShown: (name: string) => void }} options */
  constructor({ main, phones, onShown }) {
    this.#main = main;
    this.#onShown = onShown;
    for (const { name, title } of phones) {
      const badge = element('span', { class: 'badge', hidden: true });
      const one = button(title, { onclick: () => this.show(name) }, badge);
      this.#buttons.set(name, { one, badge });
      this.node.append(one);
    }
    this.show(recall('phone') ?? phones[0].name);
  }

  show(name) {
    if (!this.#buttons.has(name)) return;
    this.#main.dataset.phone = name;
    remember('phone', name);
    for (const [other, { one }] of this.#buttons) {
      if (other === name) one.setAttribute('aria-current', 'true');
      else one.removeAttribute('aria-current');
    }
    this.#onShown(name);
  }

  setBadge(name, count) {
    const { badge } = this.#buttons.get(name);
    badge.hidden = count === 0;
    badge.replaceChildren(String(count), element('span', { class: 'only-heard' }, '項新消息'));
  }
}

import { button, element, isSafeUrl, outsideLink } from './element.js';
import { FormView } from './form-view.js';
import { renderMarkdown } from './markdown.js';

/** A card: headline, text, form, buttons, one line about its state. What somebody has filled in survives changes. */
export class CardView {
  node = element('article', { class: 'card' });
  #press;
  #form;
  #formKey = '';
  #isPressing = false;
  #title = element('p', { class: 'card-title' });
  #text = element('div', { class: 'markdown card-text' });
  #status = element('p', { class: 'card-status', role: 'status' });
  #formSlot = element('div', { class: 'card-form' });
  #buttons = element('div', { class: 'card-buttons' });
  #toast = element('p', { class: 'card-toast', role: 'alert', hidden: true });
  #view;

  /** @param press `(button, values) => Promise<{result, toast}>` */
  constructor(view, press) {
    this.#press = press;
    this.node.append(this.#title, this.#text, this.#formSlot, this.#buttons, this.#status, this.#toast);
    this.update(view);
  }

  update(view) {
    this.#view = view;
    const { values } = view;
    this.node.dataset.track = view.outTrackId;
    this.node.classList.toggle('card-closed', !view.open);
    this.#title.textContent = values.title ?? values.msgTitle ?? '';
    this.node.setAttribute('aria-label', this.#title.textContent || '卡片');
    this.#text.replaceChildren(
      renderMarkdown(values.text ?? values.markdown ?? values.msgContent ?? values.staticMsgContent ?? ''),
    );
    const status = values.status ?? '';
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.#status.hidden = status === '';
    this.#updateForm(view.form);
    this.#drawButtons();
  }

  /** Tells the person what became of a press that did not work. */
  toast(text) {
    this.#toast.textContent = text;
    this.#toast.hidden = text === '';
  }

  #updateForm(form) {
    const key = form ? JSON.stringify(form) : '';
    if (key === this.#formKey) return;
    const typed = this.#form?.values() ?? {};
    this.#formKey = key;
    this.#form = form && form.fields.length > 0 ? new FormView(form, this.#view.outTrackId, typed) : undefined;
    this.#formSlot.replaceChildren(...(this.#form ? [this.#form.node] : []));
  }

  #drawButtons() {
    const focused = this.#buttons.contains(document.activeElement) ? document.activeElement.dataset.button : undefined;
    this.#buttons.replaceChildren(
      ...this.#view.buttons.map((one) => {
        const look = `button ${one.style === 'primary' || one.style === 'danger' ? `button-${one.style}` : ''}`;
        if (one.url !== undefined && isSafeUrl(one.url)) return outsideLink(one.url, one.label, { class: look });
        return button(one.label, {
          class: look,
          'data-button': one.id,
          disabled: !one.enabled || this.#isPressing,
          onclick: () => this.#pressed(one),
        });
      }),
    );
    if (focused !== undefined) this.#buttons.querySelector(`[data-button="${CSS.escape(focused)}"]`)?.focus();
  }

  async #pressed(one) {
    this.toast('');
    if (this.#form && !this.#form.check()) return;
    this.#isPressing = true;
    this.node.setAttribute('aria-busy', 'true');
    this.#drawButtons();
    try {
      const outcome = await this.#press(one.id, this.#form?.values());
      if (outcome?.toast) this.toast(outcome.toast);
    } finally {
      this.#isPressing = false;
      this.node.removeAttribute('aria-busy');
      this.#drawButtons();
    }
  }
}

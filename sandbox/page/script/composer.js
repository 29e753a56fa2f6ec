import { post, sentenceOf } from './control.js';
import { button, element } from './element.js';

const MAX_FILE_BYTES = 20 * 1024 * 1024;
let count = 0;

/** Where somebody writes: Enter sends, Shift and Enter make a new line, several lines can be pasted. */
export class Composer {
  node;
  #box;
  #files = [];
  #chips = element('ul', { class: 'attached', 'aria-label': '附件' });
  #attach;
  #picker;
  #send;
  #target;
  #onSent;
  #onTrouble;

  constructor({ onSent, onTrouble }) {
    this.#onSent = onSent;
    this.#onTrouble = onTrouble;
    count += 1;
    const id = `composer${count}`;
    this.#box = element('textarea', {
      id,
      rows: '1',
      autocomplete: 'off',
      oninput: () => this.#grow(),
      onkeydown: (event) => this.#keyed(event),
    });
    this.#picker = element('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.#picked() });
    this.#attach = button('＋', {
      class: 'attach',
      'aria-label': '加入檔案',
      title: '加入檔案',
      onclick: () => this.#picker.click(),
    });
    this.#send = element('button', { type: 'submit', class: 'send', 'aria-label': '傳送' }, '傳送');
    this.node = element(
      'form',
      {
        class: 'composer',
        onsubmit: (event) => {
          event.preventDefault();
          this.#submit();
        },
      },
      this.#chips,
      element('label', { class: 'only-heard', for: id }, '輸入訊息'),
      this.#picker,
      this.#attach,
      this.#box,
      this.#send,
    );
  }

  /** @param {{ as: string, in: string, kind: 'group' | 'direct', hint: string }} target where it goes */
  aim(target) {
    this.#target = target;
    this.#box.placeholder = target.hint;
    this.#attach.hidden = target.kind === 'group';
    if (target.kind === 'group') this.#drop();
  }

  /** Types for the person; they send it themselves. */
  fill(text) {
    this.#box.value = text;
    this.#grow();
    this.#box.focus();
  }

  #keyed(event) {
    // Enter also ends a word of an input method; that one is not for us.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const text = this.#box.value.trim();
    const files = this.#files;
    if ((text === '' && files.length === 0) || this.#send.disabled) return;
    this.#send.disabled = true;
    const { as, in: where } = this.#target;
    try {
      const said = await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64Of(file) })));
      await post('/say', { as, in: where, text, ...(said.length > 0 ? { files: said } : {}) });
      if (this.#box.value.trim() === text) this.#box.value = '';
      this.#drop();
      this.#grow();
      this.#onSent();
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    } finally {
      this.#send.disabled = false;
    }
  }

  #picked() {
    for (const file of this.#picker.files ?? []) {
      if (file.size > MAX_FILE_BYTES) this.#onTrouble(`「${file.name}」超過20 MB，未能加入。`);
      else this.#files.push(file);
    }
    this.#picker.value = '';
    this.#drawChips();
    this.#box.focus();
  }

  #drop() {
    this.#files = [];
    this.#drawChips();
  }

  #drawChips() {
    this.#chips.replaceChildren(
      ...this.#files.map((file) =>
        element(
          'li',
          {},
          file.name,
          button('×', {
            'aria-label': `移除 ${file.name}`,
            onclick: () => {
              this.#files = this.#files.filter((other) => other !== file);
              this.#drawChips();
            },
          }),
        ),
      ),
    );
  }

  #grow() {
    this.#box.style.height = 'auto';
    this.#box.style.height = `${Math.min(this.#box.scrollHeight + 2, 160)}px`;
  }
}

async function base64Of(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let start = 0; start < bytes.length; start += 32_768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(text);
}

import { get, post, sentenceOf } from './control.js';
import { button, element, settleDown } from './element.js';
import { shortDayText, timeText } from './hong-kong-time.js';
import { renderPlain } from './markdown.js';

/** The mails of one address: a list, and one mail as its mail program would show it. */
export class MailView {
  node = element('div', { class: 'pane mails', hidden: true });
  #person;
  #mails = [];
  #openSeq;
  #onTrouble;

  constructor({ live, onTrouble }) {
    this.#onTrouble = onTrouble;
    const refresh = settleDown(() => this.#load(), 40);
    live.on('mail', () => refresh());
    for (const type of ['missed', 'reset']) live.on(type, refresh);
  }

  async show(person) {
    this.#person = person;
    this.#mails = [];
    this.#openSeq = undefined;
    await this.#load();
  }

  async #load() {
    const person = this.#person;
    if (!person) return;
    try {
      const mails = person.email === '' ? [] : await get(`/mails?to=${encodeURIComponent(person.email)}`);
      if (person !== this.#person) return;
      this.#mails = mails.reverse();
      // A mail that is being read stays on the screen.
      if (this.#openSeq === undefined) this.#drawList();
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }

  #drawList() {
    if (this.#mails.length === 0) {
      const why = this.#person.email === '' ? '此人沒有電郵地址，會用短訊聯絡。' : '未收過電郵。';
      this.node.replaceChildren(element('p', { class: 'empty' }, why));
      return;
    }
    const rows = this.#mails.map((mail) =>
      element(
        'li',
        {},
        button(
          '',
          { class: 'mail-row', onclick: () => this.#open(mail) },
          element('span', { class: 'mail-subject' }, mail.subject || '（沒有主旨）'),
          element('span', { class: 'mail-when' }, `${shortDayText(new Date(mail.at))} ${timeText(new Date(mail.at))}`),
          element('span', { class: 'mail-start' }, mail.text.replace(/\s+/g, ' ').slice(0, 60)),
        ),
      ),
    );
    this.node.replaceChildren(element('ol', { class: 'mail-list', tabindex: '0', 'aria-label': '電郵' }, ...rows));
  }

  #open(mail) {
    this.#openSeq = mail.seq;
    const back = button('‹ 所有電郵', { class: 'link-button', onclick: () => this.#close(mail.seq) });
    const content = mail.html
      ? element('iframe', {
          class: 'mail-frame',
          src: `/mails/${mail.seq}`,
          sandbox: 'allow-popups allow-popups-to-escape-sandbox',
          title: `電郵：${mail.subject}`,
        })
      : element('div', { class: 'plain mail-plain', tabindex: '0' }, renderPlain(mail.text));
    this.node.replaceChildren(
      element('div', { class: 'mail-bar' }, back),
      element(
        'div',
        { class: 'mail-head' },
        element('p', { class: 'mail-subject' }, mail.subject),
        element('p', { class: 'mail-when' }, `${mail.from}　${timeText(new Date(mail.at))}`),
        ...mail.attachments.map(attachmentLink),
      ),
      content,
      this.#answerForm(mail),
    );
    back.focus();
  }

  #close() {
    this.#openSeq = undefined;
    this.#drawList();
    this.node.querySelector('button')?.focus();
  }

  #answerForm(mail) {
    const box = element('input', { id: 'mail-answer', autocomplete: 'off', placeholder: '回覆電郵' });
    return element(
      'form',
      {
        class: 'composer',
        onsubmit: async (event) => {
          event.preventDefault();
          const text = box.value.trim();
          if (text === '') return;
          try {
            const answerTo = mail.headers['reply-to'] ?? mail.from;
            const to = /<([^>]+)>/.exec(answerTo)?.[1] ?? answerTo;
            const subject = `Re: ${mail.subject}`;
            await post('/mails', { from: this.#person.email, to, text, subject, answers: mail.seq });
            box.value = '';
            this.#onTrouble('回覆已寄出。');
          } catch (error) {
            this.#onTrouble(sentenceOf(error));
          }
        },
      },
      element('label', { class: 'only-heard', for: 'mail-answer' }, '回覆電郵'),
      box,
      element('button', { type: 'submit', class: 'send' }, '傳送'),
    );
  }
}

function attachmentLink({ filename, contentType, base64, bytes }) {
  return element(
    'a',
    { class: 'file', download: filename || 'file', href: `data:${contentType};base64,${base64}` },
    element('span', { class: 'file-name' }, filename || contentType),
    element('span', { class: 'file-size' }, `${Math.max(1, Math.round(bytes / 1024))} KB`),
  );
}

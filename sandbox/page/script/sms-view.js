import { get, post, sentenceOf } from './control.js';
import { phoneKey } from './directory.js';
import { element, settleDown } from './element.js';
import { shortDayText, timeText } from './hong-kong-time.js';
import { renderPlain } from './markdown.js';

/** The text messages of one number, and a box to answer. */
export class SmsView {
  node;
  #list = element('ol', { class: 'messages' });
  #scroller;
  #box = element('input', { id: 'sms-answer', autocomplete: 'off', placeholder: '回覆短訊' });
  #person;
  #drawn = '';
  #lastSender = '';
  #onTrouble;

  constructor({ live, onTrouble }) {
    this.#onTrouble = onTrouble;
    this.#scroller = element(
      'div',
      { class: 'conversation', role: 'log', 'aria-label': '短訊', tabindex: '0' },
      this.#list,
    );
    this.node = element(
      'div',
      { class: 'pane' },
      this.#scroller,
      element(
        'form',
        { class: 'composer', onsubmit: (event) => this.#answer(event) },
        element('label', { class: 'only-heard', for: 'sms-answer' }, '回覆短訊'),
        this.#box,
        element('button', { type: 'submit', class: 'send' }, '傳送'),
      ),
    );
    const refresh = settleDown(() => this.#load(), 40);
    live.on('sms', ({ to, from }) => {
      const key = phoneKey(this.#person?.phone ?? '');
      if (key !== '' && [to, from].some((number) => phoneKey(number) === key)) refresh();
    });
    for (const type of ['missed', 'reset']) live.on(type, refresh);
  }

  /** Goes to the newest message, now that it can be seen. */
  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  async show(person) {
    this.#person = person;
    this.#drawn = '';
    this.#list.replaceChildren();
    await this.#load();
  }

  async #load() {
    const person = this.#person;
    if (!person) return;
    try {
      const phone = encodeURIComponent(person.phone);
      const lists = person.phone === '' ? [] : await Promise.all([get(`/sms?to=${phone}`), get(`/sms?from=${phone}`)]);
      if (person === this.#person) this.#draw(lists.flat().sort((a, b) => a.seq - b.seq));
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }

  #draw(texts) {
    const key = JSON.stringify(texts);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#lastSender = texts.findLast(({ direction }) => direction === 'outgoing')?.from ?? this.#lastSender;
    let day = '';
    const rows = texts.flatMap((sms) => {
      const at = new Date(sms.at);
      const line = shortDayText(at) === day ? [] : [element('li', { class: 'day' }, shortDayText(at))];
      day = shortDayText(at);
      return [...line, rowOf(sms, at)];
    });
    this.#list.replaceChildren(
      ...(rows.length > 0
        ? rows
        : [element('li', { class: 'empty' }, this.#person.phone === '' ? '此人沒有電話號碼。' : '未收過短訊。')]),
    );
    this.toEnd();
  }

  async #answer(event) {
    event.preventDefault();
    const text = this.#box.value.trim();
    if (text === '' || !this.#person?.phone) return;
    try {
      await post('/sms', { from: this.#person.phone, to: this.#lastSender, text });
      this.#box.value = '';
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }
}

function rowOf(sms, at) {
  const isMine = sms.direction === 'reply';
  const parts = `${sms.segments}段${sms.status === 'failed' ? '・未能送達' : ''}`;
  return element(
    'li',
    { class: `message sms ${isMine ? 'mine' : 'theirs'}`, 'data-seq': sms.seq },
    element(
      'div',
      { class: 'message-body' },
      element(
        'p',
        { class: 'message-from' },
        element('span', {}, isMine ? '我' : sms.from),
        element('time', { datetime: sms.at }, timeText(at)),
        isMine ? undefined : element('span', {}, parts),
      ),
      element('div', { class: 'bubble' }, element('div', { class: 'plain' }, renderPlain(sms.text))),
    ),
  );
}

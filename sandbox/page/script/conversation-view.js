import { get, post, sentenceOf } from './control.js';
import { button, element, settleDown } from './element.js';
import { shortDayText } from './hong-kong-time.js';
import { MessageView } from './message-view.js';

const SHOWN_AT_FIRST = 60;
const NEAR_THE_END_PX = 120;
const TYPING_AT_MOST_MS = 12_000;

/** What is said in one conversation, as one person sees it; keeps itself up to date. */
export class ConversationView {
  node;
  #list = element('ol', { class: 'messages' });
  #empty = element('p', { class: 'empty', hidden: true }, '未有訊息。試試輸入「說明」，看看可以做甚麼。');
  #older;
  #typing = element(
    'p',
    { class: 'typing', hidden: true },
    element('span', {}),
    element('span', {}),
    element('span', {}),
  );
  #drawn = new Map();
  #personId;
  #conversationId;
  #showing = 0;
  #from = 0;
  #isLoading = false;
  #isStale = false;
  #owesEnd = false;
  #typingTimer;
  #onTrouble;

  constructor({ live, label, onTrouble }) {
    this.#onTrouble = onTrouble;
    this.#older = button('顯示較早的訊息', {
      class: 'link-button older',
      hidden: true,
      onclick: () => this.#showOlder(),
    });
    this.#typing.setAttribute('role', 'img');
    this.#typing.setAttribute('aria-label', '招聘助手正在回覆');
    this.node = element(
      'div',
      { class: 'conversation', role: 'log', 'aria-label': label, tabindex: '0' },
      this.#older,
      this.#empty,
      this.#list,
      this.#typing,
    );
    const refresh = settleDown(() => this.refresh(), 40);
    live.on('message', ({ conversationId }) => conversationId === this.#conversationId && refresh());
    live.on('card', ({ conversationIds }) => conversationIds.includes(this.#conversationId) && refresh());
    for (const type of ['missed', 'reset']) live.on(type, () => this.show(this.#personId, this.#conversationId));
    document.addEventListener('visibilitychange', refresh);
  }

  get conversationId() {
    return this.#conversationId;
  }

  async show(personId, conversationId) {
    this.#personId = personId;
    this.#conversationId = conversationId;
    this.#showing += 1;
    this.#from = 0;
    this.#drawn.clear();
    this.#list.replaceChildren();
    this.#showTyping(false);
    this.#isLoading = false;
    await this.refresh();
  }

  /** Fetches and draws; calls that come while it runs make it run once more. */
  async refresh() {
    if (this.#conversationId === undefined) return;
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    this.#isLoading = true;
    const showing = this.#showing;
    try {
      do {
        this.#isStale = false;
        const { messages } = await get(
          `/conversations/${encodeURIComponent(this.#conversationId)}?as=${encodeURIComponent(this.#personId)}&since=${Math.max(0, this.#from - 1)}`,
        );
        if (showing !== this.#showing) return;
        this.#draw(messages);
        if (this.#owesEnd) this.#toEnd();
      } while (this.#isStale);
    } catch (error) {
      if (showing === this.#showing) this.#onTrouble(sentenceOf(error));
    } finally {
      if (showing === this.#showing) this.#isLoading = false;
    }
  }

  /** Brings a card into sight and its first field or button under the fingers. */
  reveal(outTrackId) {
    const card = this.node.querySelector(`.card[data-track="${CSS.escape(outTrackId)}"]`);
    card?.scrollIntoView({ block: 'end' });
    card?.classList.add('card-shown');
    card?.addEventListener('animationend', () => card.classList.remove('card-shown'), { once: true });
    card?.querySelector('select, .button:enabled')?.focus({ preventScroll: true });
  }

  /** Shows that the robot is about to answer; ends with its answer. */
  awaitAnswer() {
    this.#showTyping(true);
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#showTyping(false), TYPING_AT_MOST_MS);
    this.#toEnd();
  }

  #draw(all) {
    const isFirst = this.#from === 0;
    const messages = isFirst ? all.slice(-SHOWN_AT_FIRST) : all;
    if (isFirst) {
      this.#from = messages[0]?.seq ?? 0;
      this.#older.hidden = all.length <= messages.length;
    }
    const wasAtEnd = isFirst || this.#isNearEnd();
    const last = Math.max(0, ...this.#drawn.keys());
    const seen = new Set(messages.map(({ seq }) => seq));
    for (const [seq, { view }] of this.#drawn) {
      if (seen.has(seq)) continue;
      view.node.remove();
      this.#drawn.delete(seq);
    }
    for (const message of messages) this.#drawOne(message);
    this.#drawDays();
    this.#empty.hidden = messages.length > 0;
    const fresh = messages.filter(({ seq }) => seq > last);
    if (fresh.some(({ from }) => from.startsWith('bot'))) this.#showTyping(false);
    if (fresh.length > 0 && (wasAtEnd || fresh.some(({ from }) => from === this.#personId))) this.#toEnd();
    this.#read(messages);
  }

  #drawOne(message) {
    const { readBy, ...shown } = message;
    const key = JSON.stringify(shown);
    const known = this.#drawn.get(message.seq);
    if (known?.key === key) return;
    if (known?.view.update(message)) {
      known.key = key;
      return;
    }
    const view = new MessageView(message, this.#personId, {
      tap: (seq, id) => this.#tap(seq, id),
      press: (outTrackId, id, values) => this.#press(outTrackId, id, values),
    });
    view.at = new Date(message.at);
    if (known) known.view.node.replaceWith(view.node);
    else this.#insert(message.seq, view.node);
    this.#drawn.set(message.seq, { key, view, at: new Date(message.at) });
  }

  #insert(seq, node) {
    const next = [...this.#list.children].find((other) => Number(other.dataset.seq) > seq);
    this.#list.insertBefore(node, next ?? null);
  }

  /** A line with the date before the first message of each day. */
  #drawDays() {
    for (const line of this.#list.querySelectorAll('.day')) line.remove();
    let day = '';
    for (const [, { view, at }] of [...this.#drawn].sort(([a], [b]) => a - b)) {
      const text = shortDayText(at);
      if (text !== day) view.node.before(element('li', { class: 'day' }, text));
      day = text;
    }
  }

  /** What is on the screen has been read. */
  #read(messages) {
    const isUnread = messages.some(
      ({ from, readBy }) => from.startsWith('bot') && readBy[this.#personId] === undefined,
    );
    if (!isUnread || document.hidden || this.node.offsetParent === null) return;
    post('/read', { as: this.#personId, in: this.#conversationId }).catch((error) =>
      this.#onTrouble(sentenceOf(error)),
    );
  }

  async #showOlder() {
    this.#from = 1;
    this.#older.hidden = true;
    await this.refresh();
  }

  async #tap(seq, id) {
    try {
      const answer = await post('/tap', { as: this.#personId, in: this.#conversationId, seq, button: id });
      if (answer.url) window.open(answer.url, '_blank', 'noopener,noreferrer');
      else this.awaitAnswer();
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }

  async #press(outTrackId, id, values) {
    try {
      const { result, toast, reason } = await post('/press', {
        as: this.#personId,
        outTrackId,
        button: id,
        ...(values ? { values } : {}),
      });
      if (result === 'ok') return undefined;
      const why =
        result === 'late' ? '（招聘助手兩秒內沒有回應）' : reason === 'no connection' ? '（招聘助手未連線）' : '';
      this.#onTrouble(`${toast ?? '這個按鈕現在用不到。'}${why}`);
      return { toast: `${toast ?? '這個按鈕現在用不到。'}${why}` };
    } catch (error) {
      return { toast: sentenceOf(error) };
    }
  }

  #showTyping(isTyping) {
    this.#typing.hidden = !isTyping;
  }

  #isNearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_THE_END_PX;
  }

  #toEnd() {
    // What is not on the screen cannot be scrolled; it is when its phone is shown.
    this.#owesEnd = this.node.offsetParent === null;
    this.node.scrollTop = this.node.scrollHeight;
  }
}

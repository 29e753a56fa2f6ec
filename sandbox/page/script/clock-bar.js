import { get, post, sentenceOf } from './control.js';
import { button, element, settleDown } from './element.js';
import { dayText, fieldText, laterDay, momentOfField, shortDayText, timeText } from './hong-kong-time.js';
import { nameOfJob } from './job-names.js';

const OPENING_TIME = '09:00';
const LOOK_AGAIN_MS = 15_000;

/** The sandbox's clock: what time it is, what comes next, and the ways to move on. */
export class ClockBar extends EventTarget {
  node;
  #now = new Date(0);
  #seenAt = 0;
  #isRunning = false;
  #isMoving = false;
  #onTrouble;
  #day = element('span', { class: 'clock-day' });
  #time = element('span', { class: 'clock-time' });
  #next = element('p', { class: 'clock-next' });
  #progress = element('p', { class: 'clock-progress', role: 'status' });
  #ran = element('ol', { class: 'clock-ran' });
  #ranBox;
  #field = element('input', { type: 'datetime-local', id: 'clock-to', 'aria-label': '移到這個日期和時間' });
  #buttons;

  constructor({ live, onTrouble }) {
    super();
    this.#onTrouble = onTrouble;
    const later = (days) => () => this.move({ to: laterDay(this.now(), days, OPENING_TIME).toISOString() });
    this.#buttons = [
      button('快進1小時', { onclick: () => this.move({ by: 'PT1H' }) }),
      button('到明天', { title: `到明天${OPENING_TIME}`, onclick: later(1) }),
      button('到下一件事', { class: 'button-primary', onclick: () => this.move({ next: true }) }),
    ];
    const go = element('button', { type: 'submit' }, '移到');
    this.#buttons.push(go);
    this.#ranBox = element('details', { class: 'clock-log' }, element('summary', {}, '執行紀錄'), this.#ran);
    this.#ran.append(element('li', { class: 'empty' }, '時鐘還未移動過。'));
    this.node = element(
      'section',
      { class: 'clock', 'aria-label': '時鐘' },
      element('p', { class: 'clock-now' }, this.#day, this.#time, element('span', { class: 'clock-zone' }, '香港時間')),
      element(
        'form',
        { class: 'clock-buttons', onsubmit: (event) => this.#moveToField(event) },
        ...this.#buttons.slice(0, 3),
        this.#field,
        go,
      ),
      element('div', { class: 'clock-side' }, this.#next, this.#progress, this.#ranBox),
    );
    const look = settleDown(() => this.load(), 200);
    live.on('clock', ({ now, running }) => {
      this.#set(new Date(now), running);
      look();
    });
    for (const type of ['message', 'card', 'sms', 'missed', 'reset']) live.on(type, look);
    setInterval(() => this.#draw(), 1000);
    setInterval(() => document.hidden || this.load(), LOOK_AGAIN_MS);
  }

  /** The moment on the sandbox's clock. */
  now() {
    return new Date(this.#now.getTime() + (this.#isRunning && !this.#isMoving ? performance.now() - this.#seenAt : 0));
  }

  async load() {
    if (this.#isMoving) return;
    try {
      const { now, running, nextDue } = await get('/clock');
      if (this.#isMoving) return;
      this.#set(new Date(now), running);
      this.#showNext(nextDue && new Date(nextDue));
    } catch (error) {
      this.#next.textContent = sentenceOf(error);
    }
  }

  /** Moves the clock; everything due on the way has run when this returns. False when it did not work. */
  async move(body) {
    if (this.#isMoving) return false;
    this.#setMoving(true);
    const startedAt = performance.now();
    const showSeconds = () => {
      this.#progress.textContent = `時鐘移動中……${Math.round((performance.now() - startedAt) / 1000)}秒`;
    };
    showSeconds();
    const timer = setInterval(showSeconds, 1000);
    try {
      const { now, ran } = await post('/clock', body);
      this.#set(new Date(now), this.#isRunning);
      this.#showRan(new Date(now), ran);
      return true;
    } catch (error) {
      this.#progress.textContent = '';
      this.#onTrouble(sentenceOf(error));
      return false;
    } finally {
      clearInterval(timer);
      this.#setMoving(false);
      await this.load();
      this.dispatchEvent(new CustomEvent('moved'));
    }
  }

  #moveToField(event) {
    event.preventDefault();
    const to = momentOfField(this.#field.value);
    if (!to) this.#onTrouble('請先選日期和時間。');
    else if (to <= this.now()) this.#onTrouble('時鐘只能向前走，請選較後的時間。');
    else this.move({ to: to.toISOString() });
  }

  #setMoving(isMoving) {
    this.#isMoving = isMoving;
    this.node.toggleAttribute('aria-busy', isMoving);
    for (const one of [...this.#buttons, this.#field]) one.disabled = isMoving;
    document.body.classList.toggle('clock-moving', isMoving);
    this.dispatchEvent(new CustomEvent('moving', { detail: isMoving }));
  }

  #set(now, isRunning) {
    this.#now = now;
    this.#isRunning = isRunning;
    this.#seenAt = performance.now();
    this.#draw();
    this.dispatchEvent(new CustomEvent('time'));
  }

  #draw() {
    const now = this.now();
    if (now.getTime() === 0) return;
    const day = dayText(now);
    if (this.#day.textContent !== day) {
      const [year, rest] = day.split('年');
      this.#day.replaceChildren(element('span', { class: 'clock-year' }, `${year}年`), rest);
    }
    const time = timeText(now);
    if (this.#time.textContent !== time) this.#time.textContent = time;
    this.#field.min = fieldText(now);
    if (this.#field.value < this.#field.min && document.activeElement !== this.#field) {
      this.#field.value = fieldText(laterDay(now, 1, OPENING_TIME));
    }
  }

  #showNext(moment) {
    this.#next.textContent = moment
      ? `下一件事：${shortDayText(moment)} ${timeText(moment)}`
      : '現時沒有已定時間的事。';
  }

  #showRan(now, ran) {
    const counts = new Map();
    for (const { job, at } of ran) {
      const key = `${shortDayText(new Date(at))} ${timeText(new Date(at))}　${nameOfJob(job)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const lines = [...counts]
      .slice(-40)
      .map(([what, times]) => element('li', {}, times > 1 ? `${what} ×${times}` : what));
    this.#ran.replaceChildren(
      ...(lines.length > 0 ? lines : [element('li', { class: 'empty' }, '途中沒有要做的事。')]),
    );
    this.#progress.textContent = `已到 ${shortDayText(now)} ${timeText(now)}，途中執行了${ran.length}項工作。`;
  }
}

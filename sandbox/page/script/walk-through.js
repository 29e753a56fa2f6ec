import { get, post, sentenceOf } from './control.js';
import { button, element, settleDown } from './element.js';
import { recall, remember } from './kept.js';
import { HEROES, HR, isInTime, MANAGER, STEPS } from './walk-steps.js';

/** The three minutes' walk: steps that tick themselves as soon as they have happened. */
export class WalkThrough {
  node = element('aside', { class: 'walk', id: 'walk', 'aria-labelledby': 'walk-title' });
  #parts;
  #hero = HEROES.find(({ id }) => id === recall('hero')) ?? HEROES[0];
  #opened = [];
  #world;
  #done = 0;
  #isOpen = recall('walk') !== 'closed';
  #drawn = '';

  /** @param {{ live, directory, clock, phones, phoneSwitch, onTrouble }} parts */
  constructor(parts) {
    this.#parts = parts;
    const look = settleDown(() => this.#look(), 250);
    for (const type of ['message', 'card', 'sms', 'clock', 'missed', 'reset']) parts.live.on(type, look);
    parts.clock.addEventListener('moved', look);
    parts.clock.addEventListener('moving', () => this.#draw());
    document.addEventListener('opened', ({ detail }) => {
      this.#opened.push(detail);
      look();
    });
    this.#draw();
  }

  async start() {
    await this.#look();
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    remember('walk', this.#isOpen ? 'open' : 'closed');
    this.#drawn = '';
    this.#draw();
    if (this.#isOpen) this.node.querySelector('.walk-now button, .walk-close')?.focus();
  }

  /** Looks at the three phones of the story and ticks what has happened, step by step. */
  async #look() {
    const hero = this.#hero;
    try {
      const [hr, manager, texts, { now }] = await Promise.all([
        this.#said(HR),
        this.#said(MANAGER),
        get(`/sms?to=${hero.phone}`),
        get('/clock'),
      ]);
      if (hero !== this.#hero) return;
      this.#world = { hero, hr, manager, texts, now: new Date(now), opened: this.#opened };
    } catch (error) {
      if (error.code !== 'no_such_person') this.#parts.onTrouble(sentenceOf(error));
      return;
    }
    // A step that was skipped counts as done once a later one is.
    this.#done = 1 + STEPS.findLastIndex((step) => step.done(this.#world));
    this.#draw();
  }

  async #said(personId) {
    return (await get(`/conversations/bot?as=${personId}`)).messages;
  }

  async #act(step) {
    const { clock, phones, phoneSwitch, onTrouble } = this.#parts;
    const world = { ...this.#world, now: clock.now() };
    try {
      phoneSwitch.show(step.phone);
      if (step.says) {
        const { as, text } = step.says(world);
        await this.#giveHeroAPhone();
        await phones[step.phone].type(as, text);
      } else if (step.goes) {
        if (step.phone === 'candidate') await this.#giveHeroAPhone();
        await this.#turn(step);
        await clock.move(step.goes(world));
      } else {
        await this.#turn(step);
        const card = step.shows(world);
        if (card) phones[step.phone].reveal(card.outTrackId);
      }
    } catch (error) {
      onTrouble(sentenceOf(error));
    }
  }

  /** Turns the phone of a step to the person it is about. */
  async #turn(step) {
    const { phones } = this.#parts;
    if (step.phone === 'candidate') phones.candidate.show(this.#hero.id);
    else await phones[step.phone].showRobot(step.phone === 'hr' ? HR : MANAGER);
  }

  /** The candidate is outside the organisation: here she only gets a name for her number. */
  async #giveHeroAPhone() {
    const { directory, phones } = this.#parts;
    const { id, name, phone } = this.#hero;
    if (!directory.byId(id)) {
      await post('/people', { id, name, role: 'candidate', phone, email: '' });
      await directory.load();
    }
    phones.candidate.show(id);
  }

  #again() {
    const next = HEROES[HEROES.indexOf(this.#hero) + 1];
    if (!next) return;
    this.#hero = next;
    this.#done = 0;
    remember('hero', next.id);
    this.#look();
  }

  #draw() {
    const isBusy = document.body.classList.contains('clock-moving');
    const key = `${this.#isOpen} ${this.#done} ${isBusy} ${this.#hero.id} ${Boolean(this.#world)}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    const hadFocus = this.node.contains(document.activeElement);
    document.body.classList.toggle('walk-open', this.#isOpen);
    this.node.hidden = !this.#isOpen;
    const isOver = this.#done === STEPS.length;
    this.node.replaceChildren(
      element(
        'header',
        { class: 'walk-head' },
        element('h2', { id: 'walk-title' }, '三分鐘導覽'),
        element('p', { class: 'walk-count' }, `${this.#done}／${STEPS.length}`),
        button('×', { class: 'walk-close', 'aria-label': '收起導覽', onclick: () => this.toggle() }),
      ),
      element('p', { class: 'walk-intro' }, `跟着${this.#hero.name}由一個電話號碼，走到上班第一天。`),
      element(
        'ol',
        { class: 'walk-steps', tabindex: '0', 'aria-label': '步驟' },
        ...STEPS.map((step, index) => this.#row(step, index, isBusy)),
      ),
      ...(isOver ? [this.#end()] : []),
    );
    const now = this.node.querySelector('.walk-now');
    if (hadFocus) now?.querySelector('button')?.focus();
    now?.scrollIntoView({ block: 'nearest' });
  }

  #row(step, index, isBusy) {
    if (index !== this.#done) {
      const isDone = index < this.#done;
      return element(
        'li',
        { class: isDone ? 'walk-done' : 'walk-later' },
        element('span', { class: 'walk-mark', 'aria-hidden': 'true' }, isDone ? '✓' : String(index + 1)),
        element(
          'p',
          { class: 'walk-title' },
          step.title,
          isDone ? element('span', { class: 'only-heard' }, '（完成）') : undefined,
        ),
      );
    }
    const isLate = index === 0 && this.#world && !isInTime(this.#world.now);
    const label = step.says ? '幫我打' : step.goes ? '幫我快進' : '帶我去';
    return element(
      'li',
      { class: 'walk-now', 'aria-current': 'step' },
      element('span', { class: 'walk-mark', 'aria-hidden': 'true' }, String(index + 1)),
      element(
        'div',
        {},
        element('p', { class: 'walk-title' }, step.title),
        element(
          'p',
          { class: 'walk-text' },
          isLate
            ? `${step.text}（12月7日的培訓班將近或已過，後面的日期會對不上；想從頭玩，請清空資料夾後重新啟動。）`
            : step.text,
        ),
        button(isBusy ? '時鐘移動中……' : label, {
          class: 'button-primary',
          disabled: isBusy || !this.#world,
          onclick: () => this.#act(step),
        }),
        step.says ? element('p', { class: 'walk-hint' }, '打好後按 Enter 傳送。') : undefined,
      ),
    );
  }

  #end() {
    const next = HEROES[HEROES.indexOf(this.#hero) + 1];
    return element(
      'div',
      { class: 'walk-end' },
      element('p', {}, '走完了。之後可以隨意輸入：「說明」會列出所有指令。'),
      next && isInTime(this.#world.now)
        ? button(`和${next.name}再走一次`, { onclick: () => this.#again() })
        : undefined,
    );
  }
}

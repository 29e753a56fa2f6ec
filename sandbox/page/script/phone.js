import { button, element } from './element.js';
import { recall, remember } from './kept.js';

/** The frame every phone has: whose it is, who else has news, and room for what is on its screen. */
export class Phone {
  node;
  /** Whose phone it is as long as nobody was chosen. */
  first;
  screen = element('div', { class: 'phone-screen' });
  #name;
  #groups;
  #onChosen;
  #onNews;
  #select;
  #role = element('span', { class: 'phone-role' });
  #others = button('', { class: 'phone-others', hidden: true, onclick: () => this.#nextWithNews() });
  #news = new Set();
  #personId;
  #unread = 0;

  /**
   * @param {{ name: string, title: string, label: string, first: string, groups: () => {label: string, people: object[]}[],
   *   onChosen: (person: object) => void, onNews: (count: number) => void }} options
   */
  constructor({ name, title, label, first, groups, onChosen, onNews }) {
    this.#name = name;
    this.#groups = groups;
    this.#onChosen = onChosen;
    this.#onNews = onNews;
    this.#personId = recall(`person.${name}`);
    this.first = first;
    this.#select = element('select', {
      id: `person-${name}`,
      class: 'phone-person',
      onchange: () => this.choose(this.#select.value),
    });
    this.node = element(
      'section',
      { class: `phone phone-${name}`, id: `phone-${name}`, 'aria-labelledby': `title-${name}` },
      element(
        'header',
        { class: 'phone-head' },
        element('h2', { id: `title-${name}` }, title),
        element('label', { class: 'only-heard', for: `person-${name}` }, label),
        this.#select,
        this.#role,
        this.#others,
      ),
      this.screen,
    );
  }

  get person() {
    return this.people().find(({ id }) => id === this.#personId);
  }

  people() {
    return this.#groups().flatMap(({ people }) => people);
  }

  /** Draws the list of people anew; somebody who is gone makes room for the first. */
  drawPeople() {
    const people = this.people();
    if (!people.some(({ id }) => id === this.#personId)) {
      this.#personId = people.find(({ id }) => id === this.first)?.id ?? people[0]?.id;
    }
    this.#select.replaceChildren(
      ...this.#groups().map(({ label, people: some }) =>
        element(
          'optgroup',
          { label },
          ...some.map((one) =>
            element(
              'option',
              { value: one.id, selected: one.id === this.#personId },
              `${this.#news.has(one.id) ? '● ' : ''}${one.name}${one.title ? `　${one.title}` : ''}`,
            ),
          ),
        ),
      ),
    );
    this.#role.textContent = this.person?.detail ?? '';
    const others = this.#news.size;
    this.#others.hidden = others === 0;
    this.#others.textContent = `另有${others}人有新訊息 ›`;
    this.#onNews(others + this.#unread);
  }

  choose(personId) {
    this.#personId = personId;
    this.#news.delete(personId);
    remember(`person.${this.#name}`, personId);
    this.drawPeople();
    if (this.person) this.#onChosen(this.person);
  }

  /** Somebody got something; nothing happens for the person whose phone this is just now. */
  tellNews(personId) {
    if (personId === this.#personId || !this.people().some(({ id }) => id === personId)) return;
    this.#news.add(personId);
    this.drawPeople();
  }

  /** What the person whose phone this is has not read. */
  set unread(count) {
    if (this.#unread === count) return;
    this.#unread = count;
    this.#onNews(this.#news.size + count);
  }

  #nextWithNews() {
    const [next] = this.#news;
    if (next !== undefined) this.choose(next);
    this.#select.focus();
  }
}

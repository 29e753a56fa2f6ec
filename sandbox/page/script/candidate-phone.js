import { button, element } from './element.js';
import { MailView } from './mail-view.js';
import { Phone } from './phone.js';
import { SmsView } from './sms-view.js';

/** A candidate's phone: text messages and mails; their links open the candidate's page. */
export class CandidatePhone {
  phone;
  #tabs = element('nav', { class: 'tabs', 'aria-label': '應徵者的訊息' });
  #views;
  #shown = 'sms';
  #news = { sms: 0, mail: 0 };

  constructor({ live, directory, onTrouble, onNews }) {
    this.#views = { sms: new SmsView({ live, onTrouble }), mail: new MailView({ live, onTrouble }) };
    this.phone = new Phone({
      name: 'candidate',
      title: '應徵者',
      label: '選擇應徵者',
      first: 'cand-01',
      groups: () => directory.candidates(),
      onNews,
      onChosen: () => this.#showPerson(),
    });
    this.phone.screen.append(this.#tabs, this.#views.sms.node, this.#views.mail.node);
    live.on('sms', ({ to }) => this.#arrived('sms', directory.byPhone(to)));
    live.on('mail', ({ to }) => {
      for (const address of to) this.#arrived('mail', directory.byEmail(address));
    });
    directory.addEventListener('changed', () => {
      this.phone.first = directory.lastTexted()?.id ?? this.phone.first;
      this.phone.drawPeople();
    });
  }

  async start() {
    this.phone.drawPeople();
    await this.#showPerson();
  }

  show(personId) {
    if (this.phone.person?.id !== personId) this.phone.choose(personId);
  }

  /** What is on the screen can be seen now. */
  refresh() {
    this.#open(this.#shown);
  }

  #arrived(kind, person) {
    if (!person) return;
    this.phone.tellNews(person.id);
    if (person.id !== this.phone.person?.id) return;
    const isSeen = kind === this.#shown && this.phone.node.offsetParent !== null;
    if (!isSeen) this.#news[kind] += 1;
    this.#drawTabs();
  }

  async #showPerson() {
    const { person } = this.phone;
    if (!person) return;
    this.#news = { sms: 0, mail: 0 };
    this.#open('sms');
    await Promise.all([this.#views.sms.show(person), this.#views.mail.show(person)]);
  }

  #open(kind) {
    this.#shown = kind;
    if (this.phone.node.offsetParent !== null) this.#news[kind] = 0;
    for (const [name, view] of Object.entries(this.#views)) view.node.hidden = name !== kind;
    if (kind === 'sms') this.#views.sms.toEnd();
    this.#drawTabs();
  }

  #drawTabs() {
    const focused = this.#tabs.contains(document.activeElement) ? document.activeElement.dataset.tab : undefined;
    this.#tabs.replaceChildren(
      ...[
        ['sms', '短訊'],
        ['mail', '電郵'],
      ].map(([kind, label]) =>
        button(
          label,
          {
            class: 'tab',
            'data-tab': kind,
            'aria-current': kind === this.#shown ? 'true' : undefined,
            onclick: () => this.#open(kind),
          },
          this.#news[kind] > 0
            ? element(
                'span',
                { class: 'badge' },
                String(this.#news[kind]),
                element('span', { class: 'only-heard' }, '則新訊息'),
              )
            : undefined,
        ),
      ),
    );
    if (focused) this.#tabs.querySelector(`[data-tab="${focused}"]`)?.focus();
    this.phone.unread = this.#news.sms + this.#news.mail;
  }
}

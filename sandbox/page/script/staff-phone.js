import { Composer } from './composer.js';
import { get, sentenceOf } from './control.js';
import { ConversationView } from './conversation-view.js';
import { button, element, settleDown } from './element.js';
import { Phone } from './phone.js';

/** The phone of a member of the organisation: the robot's 1:1, the groups, and what is said in them. */
export class StaffPhone {
  phone;
  #chats = element('nav', { class: 'tabs', 'aria-label': '對話' });
  #conversations = [];
  #chosenId;
  #view;
  #composer;
  #onTrouble;

  constructor({ name, title, label, first, groups, live, directory, onTrouble, onNews }) {
    this.#onTrouble = onTrouble;
    this.#view = new ConversationView({ live, label: `${title}的對話`, onTrouble });
    this.#composer = new Composer({ onTrouble, onSent: () => this.#view.awaitAnswer() });
    this.phone = new Phone({ name, title, label, first, groups, onNews, onChosen: () => this.#showPerson() });
    this.phone.screen.append(this.#chats, this.#view.node, this.#composer.node);
    const refresh = settleDown(() => this.#loadChats(), 150);
    live.on('message', async ({ conversationId }) => {
      if (this.#conversations.some(({ id }) => id === conversationId)) refresh();
      else this.phone.tellNews(await directory.ownerOf(conversationId).catch(() => undefined));
    });
    for (const type of ['people', 'missed', 'reset']) live.on(type, refresh);
    directory.addEventListener('changed', () => this.phone.drawPeople());
  }

  async start() {
    this.phone.drawPeople();
    await this.#showPerson();
  }

  /** Types for a person in their 1:1 with the robot; they send it themselves. */
  async type(personId, text) {
    await this.showRobot(personId);
    this.#composer.fill(text);
  }

  /** Turns the phone to a person's 1:1 with the robot. */
  async showRobot(personId) {
    const robot = (one) => one.kind === 'direct';
    if (this.phone.person?.id !== personId) {
      this.#chosenId = undefined;
      this.phone.choose(personId);
      await this.#shown;
    }
    const chat = this.#conversations.find(robot);
    if (chat && chat.id !== this.#chosenId) await this.#open(chat);
  }

  /** Brings a card into sight. */
  reveal(outTrackId) {
    this.#view.reveal(outTrackId);
  }

  /** Reads again what is on the screen, now that it can be seen. */
  refresh() {
    return this.#view.refresh();
  }

  #shown = Promise.resolve();

  #showPerson() {
    this.#shown = (async () => {
      await this.#loadChats();
      const chat =
        this.#conversations.find(({ id }) => id === this.#chosenId) ??
        this.#conversations.find(({ kind }) => kind === 'direct');
      if (chat) await this.#open(chat);
    })();
    return this.#shown;
  }

  async #loadChats() {
    const { person } = this.phone;
    if (!person) return;
    try {
      const all = await get(`/conversations?as=${encodeURIComponent(person.id)}`);
      if (this.phone.person?.id !== person.id) return;
      // The robot first: that is where most is said.
      this.#conversations = all.sort((a, b) => Number(b.kind === 'direct') - Number(a.kind === 'direct'));
      this.#drawChats();
    } catch (error) {
      this.#onTrouble(sentenceOf(error));
    }
  }

  #drawChats() {
    const focused = this.#chats.contains(document.activeElement) ? document.activeElement.dataset.chat : undefined;
    this.#chats.replaceChildren(
      ...this.#conversations.map((one) =>
        button(
          one.title,
          {
            class: 'tab',
            'data-chat': one.id,
            'aria-current': one.id === this.#chosenId ? 'true' : undefined,
            onclick: () => this.#open(one),
          },
          one.unread > 0 && one.id !== this.#chosenId
            ? element(
                'span',
                { class: 'badge' },
                String(one.unread),
                element('span', { class: 'only-heard' }, '則未讀'),
              )
            : undefined,
        ),
      ),
    );
    if (focused !== undefined) this.#chats.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
    this.phone.unread = this.#conversations.reduce((sum, { unread }) => sum + unread, 0);
  }

  async #open(chat) {
    const { person } = this.phone;
    this.#chosenId = chat.id;
    this.#drawChats();
    const isGroup = chat.kind === 'group';
    this.#composer.aim({
      as: person.id,
      in: chat.id,
      kind: chat.kind,
      hint: isGroup ? '輸入訊息（不提及別人，即是對招聘助手說）' : '輸入訊息，按 Enter 傳送',
    });
    await this.#view.show(person.id, chat.id);
  }
}

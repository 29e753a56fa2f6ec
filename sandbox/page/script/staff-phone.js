import { Composer } from './composer.js';
import { get, sentenceOf } from './control.js';
import { ConversationView } from './conversation-view.js';
import { button, element, settleDown } from './element.js';
import { Phone } from './phone.js';

/** Later than any message: asks for the chat alone. */
const NO_MESSAGES = 1e9;

/** The phone of a member of the organisation: the robot's 1:1, the groups, and what is said in them. */
export class StaffPhone {
  phone;
  #chats;
  #conversations = [];
  #robotId;
  #robotOf;
  #chosenId;
  #view;
  #composer;
  #onTrouble;

  constructor({ name, title, label, first, groups, live, directory, onTrouble, onNews }) {
    this.#onTrouble = onTrouble;
    this.#chats = element('nav', { class: 'tabs', 'aria-label': `${title}：選擇對話` });
    this.#view = new ConversationView({ live, label: `${title}的對話`, onTrouble });
    this.#composer = new Composer({ onTrouble, onSent: () => this.#view.awaitAnswer() });
    this.phone = new Phone({ name, title, label, first, groups, onNews, onChosen: () => this.#showPerson() });
    this.phone.screen.append(this.#chats, this.#view.node, this.#composer.node);
    const refresh = settleDown(() => this.#loadChats(), 150);
    live.on('message', async ({ conversationId }) => {
      if (this.#conversations.some(({ id }) => id === conversationId)) {
        refresh();
        return;
      }
      const owner = await directory.ownerOf(conversationId).catch(() => undefined);
      // A robot that never wrote before has just done so.
      if (owner !== undefined && owner === this.phone.person?.id) refresh();
      else this.phone.tellNews(owner);
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
    if (this.phone.person?.id !== personId) {
      this.#chosenId = undefined;
      this.phone.choose(personId);
      await this.#shown;
    }
    const chat = this.#robotChat();
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
      const chat = this.#conversations.find(({ id }) => id === this.#chosenId) ?? this.#robotChat();
      if (chat) await this.#open(chat);
    })();
    return this.#shown;
  }

  #robotChat() {
    return this.#conversations.find(({ id }) => id === this.#robotId);
  }

  async #loadChats() {
    const { person } = this.phone;
    if (!person) return;
    try {
      const as = encodeURIComponent(person.id);
      const all = await get(`/conversations?as=${as}`);
      // Other robots have 1:1 chats too; the product's stands first, because most is said there.
      if (this.#robotOf !== person.id)
        this.#robotId = (await get(`/conversations/bot?as=${as}&since=${NO_MESSAGES}`)).id;
      this.#robotOf = person.id;
      if (this.phone.person?.id !== person.id) return;
      this.#conversations = all.sort((a, b) => Number(b.id === this.#robotId) - Number(a.id === this.#robotId));
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

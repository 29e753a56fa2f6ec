import type { CardDraft, CardFace, SendAnswer, StaffChannel } from '../../channels/channel.ts';

/** A card as it stands on one person's phone: shared values, and their own, which win. */
type Shown = Record<string, string>;

const ACCEPTED: SendAnswer = { outcome: 'accepted', providerId: 'p' };

/** The managers' phones: what every card shows at the end and what was said in words. Changing a card may fail. */
export class Phones implements StaffChannel {
  readonly cards = new Map<string, { staffId: string; shown: Shown }>();
  readonly texts = new Map<string, string[]>();
  /** Answers to the next changes of cards; when empty they are accepted. */
  readonly faults: SendAnswer[] = [];

  hasCards(): boolean {
    return true;
  }

  async createCard(draft: CardDraft): Promise<SendAnswer> {
    if (!('staffId' in draft.to)) throw new Error('decision cards go to people');
    if (!this.cards.has(draft.cardId)) this.cards.set(draft.cardId, { staffId: draft.to.staffId, shown: {} });
    this.show(draft.cardId, draft.face);
    return ACCEPTED;
  }

  async updateCard(cardId: string, face: CardFace): Promise<SendAnswer> {
    const fault = this.faults.shift();
    if (fault) return fault;
    this.show(cardId, face);
    return ACCEPTED;
  }

  /** What the answer to a press or an update makes a card show. */
  show(cardId: string, face: CardFace): void {
    const card = this.cards.get(cardId);
    if (card) Object.assign(card.shown, face.shared, face.personal?.[card.staffId]);
  }

  async sendDirect(
    staffIds: readonly string[],
    body: Parameters<StaffChannel['sendDirect']>[1],
  ): Promise<SendAnswer[]> {
    const text = body.format === 'text' ? body.content : body.text;
    for (const id of staffIds) this.texts.set(id, [...(this.texts.get(id) ?? []), text]);
    return staffIds.map(() => ACCEPTED);
  }

  /** Everything one person can read about it: card and words. */
  reads(staffId: string): string {
    const cards = [...this.cards.values()].filter((card) => card.staffId === staffId);
    return [...cards.map(({ shown }) => shown.status ?? ''), ...(this.texts.get(staffId) ?? [])].join('\n');
  }

  sendGroup = async (): Promise<SendAnswer> => ACCEPTED;
  replyByWebhook = async (): Promise<SendAnswer> => ACCEPTED;
  createCalendarEntry = async (): Promise<SendAnswer> => ACCEPTED;
  changeCalendarEntry = async (): Promise<SendAnswer> => ACCEPTED;
  deleteCalendarEntry = async (): Promise<SendAnswer> => ACCEPTED;
  busyTimes = async () => ({ busy: [], unknown: [] });
  readState = async () => new Map();
  downloadFile = async (): Promise<Uint8Array> => new Uint8Array();
  findPerson = async () => undefined;
}

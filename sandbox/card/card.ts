import type { Journal, Table } from '../state/journal.ts';

export type CardValues = Readonly<Record<string, string>>;

/** One place a card was delivered to. */
export interface CardSpace {
  readonly spaceType: 'IM_GROUP' | 'IM_ROBOT';
  /** openConversationId or userId, as the caller gave it. */
  readonly spaceId: string;
  readonly conversationId: string;
  readonly carrierId: string;
  readonly seq: number;
}

/** A card instance. */
export interface Card {
  readonly outTrackId: string;
  readonly clientId: string;
  readonly templateId: string;
  /** Without one no callback ever comes, whatever the console says. */
  readonly callbackType: 'STREAM' | 'HTTP' | undefined;
  readonly callbackRouteKey: string | undefined;
  /** 1 = userId, 2 = unionId: how people are named in private data and callbacks. */
  readonly userIdType: number;
  readonly publicValues: CardValues;
  /** By the id of the person. */
  readonly privateValues: Readonly<Record<string, CardValues>>;
  /** Space models the card was created with. */
  readonly models: readonly ('IM_GROUP' | 'IM_ROBOT')[];
  readonly spaces: readonly CardSpace[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A card as one person sees it. */
export interface CardView {
  readonly outTrackId: string;
  readonly values: CardValues;
  readonly buttons: readonly CardButton[];
  readonly form: CardForm | null;
  /** Whether anything can still be pressed or sent. */
  readonly open: boolean;
}

export interface CardButton {
  readonly id: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly style?: string | undefined;
  readonly url?: string | undefined;
  /** What the button itself sends along. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

export interface CardForm {
  readonly fields: readonly CardField[];
}

export interface CardField {
  readonly name: string;
  readonly type: string;
  readonly label?: string | undefined;
  readonly hidden?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly requiredMsg?: string | undefined;
  readonly readOnly?: boolean | undefined;
  readonly defaultValue?: unknown;
  readonly options?: readonly { readonly value: string; readonly text: string }[] | undefined;
  readonly [key: string]: unknown;
}

export interface CallbackRoute {
  readonly callbackRouteKey: string;
  readonly callbackUrl: string;
  readonly apiSecret: string;
  readonly clientId: string;
}

/** All card instances and the addresses for HTTP callbacks. */
export class Cards {
  readonly #cards: Table<Card>;
  readonly #routes: Table<CallbackRoute>;

  constructor(journal: Journal) {
    this.#cards = journal.table('cards');
    this.#routes = journal.table('callbackRoutes');
  }

  get(outTrackId: string): Card | undefined {
    return this.#cards.get(outTrackId);
  }

  put(card: Card): Card {
    return this.#cards.put(card.outTrackId, card);
  }

  all(): Card[] {
    return this.#cards.all();
  }

  route(clientId: string, key: string): CallbackRoute | undefined {
    return this.#routes.get(`${clientId} ${key}`);
  }

  putRoute(route: CallbackRoute): void {
    this.#routes.put(`${route.clientId} ${route.callbackRouteKey}`, route);
  }
}

import { dateTimeText } from '../hongkong/date-texts.ts';
import { formatPhone } from '../hongkong/phones.ts';
import type { OutboxItemRecord } from '../models/outbox-item.model.ts';
import { template } from '../recruiting/message/compose-message.ts';
import type { PageButton, PageQuestion } from './candidate-page.ts';
import { pageButton } from './page-button.ts';
import { hasWords, say } from './words.ts';

/** A piece of a message's line: words, or words that lead somewhere. */
export interface TextPiece {
  text: string;
  href: string | null;
}

/** A message as the page shows it. */
export interface MessageView {
  id: string;
  title: string;
  at: string;
  lines: TextPiece[][];
  isUnread: boolean;
  /** Answers that belong to this message. */
  buttons: PageButton[];
  /** Answers that stand elsewhere on the page. */
  jumps: { href: string; label: string }[];
}

/** Buttons that are answered at the message itself. The rest stand in the cards above. */
const ANSWERED_HERE: readonly string[] = [
  'keep_waiting',
  'know_more',
  'change_arrangement',
  'rebook',
  'join_talent_pool',
  'consent',
  'refuse',
  'other_time',
  'meet_hr',
];

/** Messages that were put on the page, newest first. */
export function messageViews(question: PageQuestion, controls: ReadonlySet<string>): MessageView[] {
  const newestOf = new Set<string>();
  const used = new Set<string>();
  return putOnPage(question.facts.messages).flatMap(({ item, portal, sentAt }) => {
    const isNewest = !newestOf.has(item.what);
    newestOf.add(item.what);
    const named = namedButtons(item);
    const answered = wasAnswered(question, sentAt, named);
    const here = isNewest && !answered ? named.filter((id) => ANSWERED_HERE.includes(id) && !used.has(id)) : [];
    for (const id of here) used.add(id);
    const isNamed = (id: string): boolean => named.includes(id);
    return [
      {
        id: item._id,
        title: template(item.what)?.subject ?? '',
        at: dateTimeText(sentAt),
        lines: linesOf(question, item),
        isUnread: portal.state === 'accepted',
        buttons: here.map((id) => pageButton(question, id, looks(id), { message: item._id, once: question.once })),
        jumps: isNewest ? jumpsOf(question, isNamed, controls) : [],
      },
    ];
  });
}

/** Messages with their place on the page, newest there first. */
function putOnPage(messages: readonly OutboxItemRecord[]) {
  return messages
    .flatMap((item) => {
      const portal = item.deliveries.find((delivery) => delivery.channel === 'portal');
      return portal?.sentAt && item.body !== null && item.what !== 'portal_notice'
        ? [{ item, portal, sentAt: portal.sentAt }]
        : [];
    })
    .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
}

/** Ids of the buttons that the text names in 「」. */
function namedButtons(item: OutboxItemRecord): string[] {
  const buttons = template(item.what)?.buttons ?? [];
  return buttons.filter(({ label }) => item.body?.includes(`「${label}」`)).map(({ id }) => id);
}

/** One of the buttons was pressed after the message came. */
function wasAnswered({ facts }: PageQuestion, sentAt: Date, buttons: readonly string[]): boolean {
  return facts.activities.some(
    ({ kind, detail, at }) => kind === 'pressed' && at >= sentAt && detail !== null && buttons.includes(detail),
  );
}

function looks(id: string): PageButton['look'] {
  return id === 'keep_waiting' || id === 'rebook' ? 'main' : 'plain';
}

function jumpsOf(
  { base }: PageQuestion,
  isNamed: (id: string) => boolean,
  controls: ReadonlySet<string>,
): { href: string; label: string }[] {
  const jumps = [...controls].filter(isNamed).map((id) => ({ href: `#do-${id}`, label: say(`button.${id}`) }));
  if (isNamed('withdraw') || isNamed('decided_otherwise')) {
    const id = isNamed('withdraw') ? 'withdraw' : 'decided_otherwise';
    jumps.push({ href: `${base}/withdraw`, label: say(`button.${id}`) });
  }
  return jumps;
}

/** Kept texts hold `{link}`: each becomes an anchor inside this page's own address, never a secret. */
function linesOf(question: PageQuestion, item: OutboxItemRecord): TextPiece[][] {
  const { base, facts } = question;
  const phone = facts.organisation?.hrPhone ?? null;
  let link = 0;
  return (item.body ?? '').split('\n').flatMap((line) => {
    const pieces: TextPiece[] = [];
    let isButtonLine = false;
    for (const [index, text] of line.split('{link}').entries()) {
      if (index > 0) {
        const purpose = item.bodyLinks[link++] ?? 'portal';
        isButtonLine = purpose.startsWith('button:');
        pieces.push(anchorOf(base, purpose, item._id));
      }
      pieces.push(...withPhone(text, phone));
    }
    // Lines that e-mails carry for their buttons; the page has the buttons themselves.
    return isButtonLine || line.trim() === '' ? [] : [pieces.filter((piece) => piece.text !== '')];
  });
}

function anchorOf(base: string, purpose: string, messageId: string): TextPiece {
  const href =
    {
      pics_link: `${base}/pics`,
      story_link: `${base}/story`,
      news_link: `${base}/news?m=${encodeURIComponent(messageId)}`,
      offer_link: '#progress',
    }[purpose] ?? '#top';
  return { text: say(hasWords(`link.${purpose}`) ? `link.${purpose}` : 'link.portal'), href };
}

/** The HR telephone number can be pressed. */
function withPhone(text: string, e164: string | null): TextPiece[] {
  const shown = e164 ? formatPhone(e164) : '';
  if (!e164 || !text.includes(shown)) return [{ text, href: null }];
  return text
    .split(shown)
    .flatMap((part, index) => [
      ...(index > 0 ? [{ text: shown, href: `tel:${e164}` }] : []),
      { text: part, href: null },
    ]);
}

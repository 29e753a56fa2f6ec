import type { PlannedOrder, Told } from '../orders/planned-order.ts';
import type { QuickReply, Reply } from './reply.ts';
import { inLanguage, type Said, say } from './said.ts';

/** What several orders came to, numbered. */
export function toldSoFar(told: readonly Pick<Told, 'text'>[]): Said {
  return () =>
    told.length === 1 ? (told[0]?.text ?? '') : told.map(({ text }, at) => `${at + 1}. ${text}`).join('\n');
}

/** Which orders of the message wait for the answer. */
export function waitingLine(rest: readonly PlannedOrder[]): Said {
  return (lang) => {
    const what = rest.map(({ summary }) => summary).join(lang === 'en' ? '; ' : '；');
    return inLanguage(say(`之後會繼續處理：${what}。`, `Waiting until then: ${what}.`), lang);
  };
}

/** One answer for several orders. What can be taken back can be taken back one by one, the last one first. */
export function severalReply(told: readonly Told[], undoSeconds: number): Reply {
  const undoable = told.filter((each) => each.undoable).length;
  const minutes = Math.round(undoSeconds / 60);
  const hint = say(
    `${minutes}分鐘內可輸入「復原」收回${undoable > 1 ? '，由最後一項開始' : ''}。`,
    `You can type "undo" within ${minutes} minute${minutes === 1 ? '' : 's'}${undoable > 1 ? ', the last one first' : ''}.`,
  );
  const links: QuickReply[] = told.flatMap(({ quickReplies }) =>
    quickReplies.map(({ label, sends }) => ({ label: () => label, sends })),
  );
  if (undoable > 0) links.push({ label: say('復原', 'Undo'), sends: say('復原', 'undo') });
  return {
    text: (lang) => [inLanguage(toldSoFar(told), lang), ...(undoable > 0 ? [inLanguage(hint, lang)] : [])].join('\n'),
    ...(links.length > 0 ? { quickReplies: links } : {}),
    ...(told.some(({ isPrivate }) => isPrivate) ? { isPrivate: true } : {}),
  };
}

import { formatPhone } from '../../hongkong/phones.ts';
import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import { readStop, type StopScope } from '../candidate/stop-words.ts';
import { stopMessages } from '../portal/choose-messages.ts';
import { responsiblePerson } from '../portal/responsible-person.ts';
import type { Unit } from '../unit/unit.ts';
import { concernedApplication } from './concerned-application.ts';

/** Words by SMS from a number that several people gave. */
export interface SharedNumberWords {
  candidateIds: readonly string[];
  text: string;
  eventId: string;
}

/**
 * Who of them wrote cannot be told, so nothing is done in anybody's name and nobody's silence ends: each one's
 * responsible person hears of it with all names. A stop is the wish of whoever holds the phone and works for all.
 */
export async function hearSharedNumber(unit: Unit, words: SharedNumberWords): Promise<StopScope | undefined> {
  const stop = readStop(words.text);
  const people = await unit.list('candidates', { _id: { $in: [...words.candidateIds] } }, { sort: { _id: 1 } });
  const names = people.map(({ name, ref }) => `${escapeMarkdown(name.display)}（${ref}）`).join('、');
  const [first] = people;
  if (!first) return undefined;
  const told = new Set<string>();
  for (const candidate of people) {
    const application = await concernedApplication(unit, { candidateId: candidate._id });
    if (stop) await stopMessages(unit, { candidate, application }, { scope: stop, via: 'sms' });
    const person = await responsiblePerson(unit, application);
    if (!person || told.has(person._id)) continue;
    told.add(person._id);
    const what = stop ? '要求停止接收訊息，已為以下各人停止' : '傳來短訊，但未能分辨是誰，系統沒有代任何人回覆';
    unit.effect({
      kind: 'direct_message',
      staffId: person._id,
      what: 'shared_number',
      occasion: words.eventId,
      callClass: 'urgent',
      body: {
        format: 'markdown',
        title: '有多人共用的電話傳來短訊',
        text: `電話${formatPhone(first.phone ?? '')}${what}：${names}。請致電核對。\n\n> ${escapeMarkdown(words.text.slice(0, 2_000))}`,
      },
    });
  }
  return stop;
}

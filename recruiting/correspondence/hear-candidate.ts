import { takePress } from '../portal/take-press.ts';
import { LONGEST_TEXT, type TakeWords, type WriteOutcome, type WrittenBy, writeToHr } from '../portal/write-to-hr.ts';
import type { Unit } from '../unit/unit.ts';
import { concernedApplication } from './concerned-application.ts';

/** A candidate's words, whichever way they came. */
export interface HeardWords {
  candidateId: string;
  channel: WrittenBy;
  text: string;
  replyTo?: { template: string; itemId: string };
  eventId: string;
  fromKnownAddress?: boolean;
  /** Somebody else answered in the candidate's place. */
  bySomebodyElse?: boolean;
}

/**
 * Takes a candidate's words by e-mail or SMS as the box of their page takes them: a sign of life; a stop works at once,
 * everything else goes to the responsible person. The same words brought again change nothing.
 * @returns what came of it; undefined when they had been taken before
 * @throws RuleBroken `candidate_unknown`
 */
export async function hearCandidate(
  unit: Unit,
  words: HeardWords,
  take: TakeWords = writeToHr,
): Promise<WriteOutcome | undefined> {
  const application = await concernedApplication(unit, words);
  return takePress(
    unit,
    {
      candidateId: words.candidateId,
      applicationId: application?._id ?? null,
      kind: 'wrote',
      button: words.channel === 'portal' ? null : words.channel,
      text: words.text.slice(0, LONGEST_TEXT) || null,
      once: words.eventId,
      onPage: false,
      ...(words.bySomebodyElse ? { bySomebodyElse: true } : {}),
    },
    (_, scope) =>
      take(unit, scope, {
        text: words.text,
        id: words.eventId,
        via: words.channel,
        replyTo: words.replyTo,
        aside: words.fromKnownAddress === false ? '由另一個電郵地址寄出' : undefined,
      }),
  );
}

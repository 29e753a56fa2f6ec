import { foldedPattern, foldLine } from '../understand/text/marked-text.ts';

/**
 * The one of the reasons a candidate may read (bot/commands/change-reason-choices.ts) that somebody's own words come to.
 * Undefined when they fit none: then the robot asks (calling off) or gives the usual one (moving).
 */
const REASONS: readonly (readonly [string, RegExp])[] = [
  [
    'vacancy_closed',
    foldedPattern(
      '請夠|請滿|滿人|凍結|停止?(?:招聘|請人)|停招|唔請|fill|closed|frozen|freeze|headcount|個位(?:冇|無)|budget',
      'u',
    ),
  ],
  ['place_changed', foldedPattern('場地|裝修|水浸|停電|搬(?:店|舖)|會議室|venue|room|renovat|flood', 'u')],
  [
    'interviewer_busy',
    foldedPattern(
      "我(?:要|哋|有|冇|唔|開會|病)|經理|店長|面試官|老闆|開會|撞(?:咗)?(?:時間|期)|stuck|meeting|mtg|manager|boss|interviewer|i (?:have|am|'m|can't)|busy",
      'u',
    ),
  ],
  [
    'candidate_wish',
    foldedPattern(
      '佢|他|她|搵到工|唔得閒|冇空|考試|返學|病|改(?:日|期)|要求|想(?:改|遲|早)|唔嚟|(?<![a-z])(?:he|she|they|candidate|asked|exam|school|another job|sick)(?![a-z])',
      'u',
    ),
  ],
  ['branch_arrangement', foldedPattern('安排|人手|旺場|忙|branch|shop|store|8號|八號|波|風|雨|typhoon|t8', 'u')],
];

/** @param words the reason as typed. @param act what is done for it: a vacancy's end moves nothing */
export function readReason(words: string, act: 'reschedule' | 'cancel'): string | undefined {
  const folded = foldLine(words);
  if (folded.trim() === '') return undefined;
  const found = REASONS.find(
    ([id, pattern]) => !(act === 'reschedule' && id === 'vacancy_closed') && pattern.test(folded),
  );
  return found?.[0];
}

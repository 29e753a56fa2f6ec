import type { RuleBroken } from '../../lib/errors.ts';
import { CANDIDATE_SENTENCES } from './rules/candidate-sentences.ts';
import { FRAMEWORK_SENTENCES } from './rules/framework-sentences.ts';
import { ORGANISATION_SENTENCES } from './rules/organisation-sentences.ts';
import { RECRUITING_SENTENCES } from './rules/recruiting-sentences.ts';
import { WAITING_SENTENCES } from './rules/waiting-sentences.ts';
import { say, type Texts } from './said.ts';

/** What a person reads when a rule is broken, by the rule's code: what stands in the way, and the remedy. */
export type RuleSentences = Readonly<Record<string, (slots: RuleBroken['slots']) => Texts>>;

/** All of them. A test finds every code that is thrown anywhere and looks it up here. */
export const RULE_SENTENCES: RuleSentences = {
  ...FRAMEWORK_SENTENCES,
  ...ORGANISATION_SENTENCES,
  ...CANDIDATE_SENTENCES,
  ...RECRUITING_SENTENCES,
  ...WAITING_SENTENCES,
};

/** The sentence of a broken rule; undefined for a code without one, which is a bug. */
export function ruleSentence(broken: RuleBroken): Texts | undefined {
  return RULE_SENTENCES[broken.code]?.(broken.slots);
}

/** Said when a rule without a sentence is broken, so that nobody waits in vain. */
export const UNNAMED_RULE = say(
  '這一步目前做不到，未有作出任何更改。',
  'This step is not possible now; nothing has been changed.',
);

import type { InboundMessage } from '../../channels/channel.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import { commit } from '../../recruiting/unit/commit.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import type { BotParts } from '../bot-parts.ts';
import { type ReplyAddress, replyEffects } from '../replies/render-reply.ts';
import { hearWords } from './hear-words.ts';
import { spokenAnswer } from './spoken-answers.ts';

/**
 * A candidate who is (already) a member of the organisation writes to the robot 1:1: their words are taken as those by
 * e-mail or SMS are, and they get a short answer at once.
 * @returns false when nobody with this staffId applies, or in a group
 */
export async function hearMember(
  parts: BotParts,
  message: InboundMessage,
  { text, address, done }: { text: string; address: ReplyAddress; done: (unit: Unit) => Promise<void> },
): Promise<boolean> {
  const { staffId } = message.sender;
  if (message.conversation.kind !== 'direct' || staffId === undefined || text === '') return false;
  const { office } = parts;
  const candidate = await office.models.candidates
    .findOne({ staffId, purgeAfter: { $gt: office.clock.now() } })
    .lean<CandidateRecord>();
  if (!candidate) return false;
  await commit(office, `candidate:${candidate._id}`, async (unit) => {
    const words = { candidateId: candidate._id, channel: 'dingtalk' as const, text, eventId: message.eventId };
    const outcome = await hearWords(unit, words);
    const said = outcome && spokenAnswer(outcome);
    if (said) for (const effect of replyEffects({ text: said }, address)) unit.effect(effect);
    await done(unit);
  });
  return true;
}

import type { Router } from 'express';
import type { ClientSession } from 'mongoose';
import type { CandidateWords, Hear, InboundWords } from '../channels/channel.ts';
import { createInboundRoutes } from '../channels/inbound/inbound-routes.ts';
import type { Inbox } from '../channels/inbox/inbox.ts';
import type { InboxItem } from '../channels/inbox/work-off.ts';
import { findByPhone, findByReplyTag } from '../recruiting/correspondence/find-writer.ts';
import { type HeardWords, hearCandidate } from '../recruiting/correspondence/hear-candidate.ts';
import { hearSharedNumber } from '../recruiting/correspondence/hear-shared-number.ts';
import { recordAutomaticMail } from '../recruiting/correspondence/record-automatic-mail.ts';
import { refuseFiles } from '../recruiting/correspondence/refuse-files.ts';
import { tellUnheard } from '../recruiting/correspondence/tell-unheard.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';
import type { Unit } from '../recruiting/unit/unit.ts';
import type { Config } from './config.ts';

/** Where replies by e-mail and SMS come in; each way only where its secret is set. */
export function inboundRoutes(config: Config, office: Office, inbox: () => Inbox | undefined): Router {
  const { emailSecret, smsSecret, mailbox } = config.inbound;
  return createInboundRoutes({
    ...(emailSecret && mailbox
      ? { email: { secret: emailSecret, mailbox, findByReplyTag: (tag) => findByReplyTag(office, tag) } }
      : {}),
    ...(smsSecret ? { sms: { secret: smsSecret, findByPhone: (phone) => findByPhone(office, phone) } } : {}),
    receive: () => {
      const open = inbox();
      return open && ((event) => open.receive(event));
    },
    clock: office.clock,
    log: office.log,
  });
}

/** Words of candidates, heard as `by` does; without it a stop works and everything else reaches the responsible person. */
export function plainHearing(
  office: Office,
  by: (unit: Unit, words: HeardWords) => Promise<unknown> = hearCandidate,
): Hear {
  return async (words, done) => {
    await commit(office, `candidate:${words.candidateId}`, async (unit) => {
      await by(unit, words);
      await done(unit.session);
    });
  };
}

/**
 * Works a stored reply off. What a machine wrote, files, and words of nobody in particular are dealt with here; a
 * candidate's own words go to the one who understands them.
 */
export async function workOffWords(
  parts: { office: Office; hear: Hear },
  event: InboundWords,
  item: Pick<InboxItem, 'receivedAt' | 'markDone'>,
): Promise<void> {
  const { office, hear } = parts;
  const done = (session: ClientSession): Promise<void> => item.markDone(session);
  const [candidateId, ...others] = event.candidateIds;
  if (candidateId === undefined) return;
  const by = `candidate:${candidateId}` as const;
  const about = { candidateId, eventId: event.eventId, ...(event.replyTo ? { replyTo: event.replyTo } : {}) };
  const { automatic, text, refusedFiles } = event;
  if (automatic) {
    await commit(office, by, async (unit) => {
      await recordAutomaticMail(unit, { ...about, kind: automatic });
      await done(unit.session);
    });
    return;
  }
  if (others.length > 0) {
    await commit(office, 'job:inbound', async (unit) => {
      await hearSharedNumber(unit, event);
      await done(unit.session);
    });
    return;
  }
  if (refusedFiles > 0) {
    await commit(office, by, async (unit) => {
      await refuseFiles(unit, { ...about, count: refusedFiles, hasText: text !== '' });
      if (text === '') await done(unit.session);
    });
    if (text === '') return;
  }
  const words: CandidateWords = {
    ...about,
    channel: event.channel,
    text,
    receivedAt: item.receivedAt,
    fromKnownAddress: event.fromKnownAddress,
  };
  await (text === '' ? plainHearing(office) : hear)(words, done);
}

/** An item that failed three times: a person reads it instead. */
export async function tellUnheardWords(office: Office, event: InboundWords, reference: string): Promise<void> {
  await commit(office, 'job:inbound', (unit) => tellUnheard(unit, event, reference));
}

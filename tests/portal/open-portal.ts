import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { takeWords } from '../../bot/candidate-words/take-words.ts';
import type { CandidateChannel, CandidateEnvelope } from '../../channels/channel.ts';
import { interviewIcs } from '../../channels/email/interview-ics.ts';
import { sendCandidateMessages } from '../../jobs/dispatch/candidate-sender.ts';
import { claimDue } from '../../jobs/dispatch/claim.ts';
import { leaseOf } from '../../lib/lease.ts';
import type { LinkPurpose } from '../../models/portal-link.model.ts';
import { createPortal } from '../../portal/create-portal.ts';
import { mintLink } from '../../recruiting/message/links.ts';
import type { TestOffice } from '../fixtures/office.ts';

/** The pages of an office behind a real port, and what a candidate's devices receive. */
export interface TestPortal {
  origin: string;
  /** What went out by SMS and e-mail, oldest first. */
  received: (CandidateEnvelope & { by: string })[];
  /** A fresh link; `path` starts with a slash. */
  link(purpose: LinkPurpose, about?: { candidateId?: string; applicationId?: string | null }): Promise<string>;
  /** Sends everything due to candidates now. */
  dispatch(): Promise<void>;
  read(path: string, init?: RequestInit): Promise<Response>;
  /** Submits a form as a browser does and follows the redirection, with its cookies. */
  press(path: string, fields: Record<string, string>): Promise<{ status: number; page: string; said: string | null }>;
  close(): Promise<void>;
}

/** Opens the pages of an office on a free port. */
export async function openPortal(office: TestOffice): Promise<TestPortal> {
  const app = express();
  app.use('/', createPortal({ office, takeWords }));
  app.use((_request, response) => {
    response.status(404).send('not one of ours');
  });
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  office.pagesUrl = () => origin;
  const received: TestPortal['received'] = [];
  const channel = (name: CandidateChannel['name']): CandidateChannel => ({
    name,
    async send(envelope) {
      received.push({ ...envelope, by: name });
      return { outcome: 'accepted', providerId: envelope.deliveryId };
    },
  });
  const lease = leaseOf('test', () => new Date(), true);
  const read = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(origin + path, { redirect: 'manual', ...init });
  return {
    origin,
    received,
    async link(purpose, about = {}) {
      const minted = mintLink(
        { ids: office.ids, publicUrl: '', now: office.clock.now(), settings: office.settings() },
        { purpose, candidateId: 'cand_A1003', applicationId: 'app_A1003', messageId: 'none', ...about },
      );
      await office.models.portalLinks.create(minted.record);
      return minted.url;
    },
    async dispatch() {
      for (const lane of ['fast', 'slow'] as const) {
        for (;;) {
          const items = await claimDue(office, lease, lane);
          if (items.length === 0) break;
          await sendCandidateMessages(
            {
              office,
              channels: { email: channel('email'), sms: channel('sms') },
              calendar: ({ now, place, organizerName, ...facts }) =>
                interviewIcs({
                  ...facts,
                  stampedAt: now,
                  location: place,
                  organizer: { name: organizerName, email: 'hr@example.hk' },
                }),
              async tellPeople() {},
            },
            items.filter((item) => item.kind === 'candidate_message'),
          );
        }
      }
    },
    read,
    async press(path, fields) {
      const answer = await read(path, { method: 'POST', body: new URLSearchParams(fields) });
      if (answer.status !== 303) return { status: answer.status, page: await answer.text(), said: null };
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      const page = await (await read(answer.headers.get('location') ?? '', { headers: { cookie } })).text();
      return { status: 303, page, said: /id="said">([^<]*)</.exec(page)?.[1] ?? null };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

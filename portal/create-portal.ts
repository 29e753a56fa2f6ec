import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { RuleBroken } from '../lib/errors.ts';
import { openCandidateFile } from '../recruiting/candidate/open-candidate-file.ts';
import { stopMessages } from '../recruiting/portal/choose-messages.ts';
import { type PageView, recordPageSeen } from '../recruiting/portal/record-page-seen.ts';
import { takePress } from '../recruiting/portal/take-press.ts';
import type { TakeWords } from '../recruiting/portal/write-to-hr.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { ASSETS_PATH, assetRoutes } from './assets.ts';
import { serveExport } from './export-page.ts';
import { recall, remember } from './flash.ts';
import { badLinkPage, pageOf, type ShownPage } from './page-of.ts';
import { doPress, type Form } from './presses.ts';
import { isForeign, securityHeaders } from './security-headers.ts';
import { openVisit, type Visit } from './visit.ts';

/** An address that is, or looks like, somebody's link: the secret, and at most one word behind it. */
const LINK = /^\/([A-Za-z0-9_-]{16,64})(?:\/([a-z]{1,12}))?\/?$/;

/** Which pages each kind of link opens; the first is the link's own. */
const VIEWS: Readonly<Record<Visit['link']['purpose'], readonly (PageView | 'file')[]>> = {
  page: ['page', 'pics', 'story', 'news', 'withdraw'],
  offer: ['page', 'pics', 'story', 'news', 'withdraw'],
  letter: ['page', 'pics', 'story', 'news', 'withdraw'],
  pics: ['pics'],
  story: ['story'],
  news: ['news'],
  stop: ['stop'],
  file: ['file'],
  export: [],
  reply: [],
};

/**
 * The candidates' pages. Reading (GET, HEAD) changes nothing, however often and by whomever it is done: a page counts as
 * opened when the person's browser reports it, or on the first press.
 */
export function createPortal({ office, takeWords }: { office: Office; takeWords: TakeWords }): Router {
  const router = express.Router();
  router.use(ASSETS_PATH, assetRoutes());
  router.use((request, response, next) => {
    const path = LINK.exec(request.path);
    if (!path?.[1] && request.path !== '/') return next();
    securityHeaders(request, response, () => {
      serve({ office, takeWords }, request, response, path?.[1] ?? '', path?.[2] ?? '').catch(next);
    });
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (!LINK.test(request.path) && request.path !== '/') return next(error);
    const reference = office.ids.next('ref');
    office.log.error({ reference, error: error instanceof Error ? error.stack : String(error) }, 'a page failed');
    if (response.headersSent) return next(error);
    badLinkPage(office)
      .then((html) => response.status(500).type('html').send(html))
      .catch(next);
  });
  return router;
}

async function serve(
  { office, takeWords }: { office: Office; takeWords: TakeWords },
  request: Request,
  response: Response,
  secret: string,
  rest: string,
): Promise<void> {
  const visit = await openVisit(office, secret);
  if (!visit) {
    if (!isForeign(request) && (await serveExport(office, request, response, secret, rest))) return;
    return refuse(office, response);
  }
  const views = VIEWS[visit.link.purpose];
  if (request.method === 'GET' || request.method === 'HEAD') {
    const view = rest === '' ? views[0] : views.find((one) => one === rest);
    if (!view) return refuse(office, response);
    return show(visit, request, response, view);
  }
  if (request.method !== 'POST') {
    response.status(405).set('Allow', 'GET, HEAD, POST').end();
    return;
  }
  if (isForeign(request)) {
    response.status(403).end();
    return;
  }
  const form = await formOf(request, response);
  if (visit.link.purpose === 'file') return sendFile(visit, response);
  if (rest === 'seen') return takeSeen(visit, response, form);
  if (visit.link.purpose === 'stop' && rest === '' && form.do === undefined) return unsubscribe(visit, response);
  if (rest !== '' && rest !== 'press') return refuse(office, response);
  await takeForm(visit, request, response, form, takeWords);
}

async function show(visit: Visit, request: Request, response: Response, view: PageView | 'file'): Promise<void> {
  const wanted = textOf(request.query.do);
  const page: ShownPage =
    view === 'page' && (wanted === 'withdraw' || wanted === 'decided_otherwise') ? 'withdraw' : view;
  const html = await pageOf(visit, page, {
    wanted,
    messageId: textOf(request.query.m),
    said: recall(request, response, visit.base),
  });
  if (html === undefined) return refuse(visit.office, response);
  response.type('html').send(html);
}

/** A bad link: the same kind page for unknown, expired, revoked and outdated ones. */
async function refuse(office: Office, response: Response): Promise<void> {
  response
    .status(404)
    .type('html')
    .send(await badLinkPage(office));
}

/** A press, answered with the page as it is now. */
async function takeForm(
  visit: Visit,
  request: Request,
  response: Response,
  form: Form,
  take: TakeWords,
): Promise<void> {
  const views = VIEWS[visit.link.purpose];
  const from = views.find((one) => one === form.from) ?? views[0] ?? 'page';
  const onPage = from === 'page' || from === 'withdraw';
  const said = await doPress(visit, form.do ?? '', form, { onPage, take });
  remember(request, response, visit.base, said);
  response.redirect(303, onPage || from === views[0] ? visit.base : `${visit.base}/${from}`);
}

/** The browser reports that it has shown a page, and which messages were on the screen. */
async function takeSeen(visit: Visit, response: Response, form: Form): Promise<void> {
  const { office, link, candidate } = visit;
  const view = VIEWS[link.purpose].find((one) => one === form.view);
  if (!view || view === 'file') {
    response.status(400).end();
    return;
  }
  const messageIds = (form.messages ?? '').split(' ').filter(Boolean).slice(0, 100);
  await commit(office, `candidate:${candidate._id}`, (unit) =>
    recordPageSeen(unit, { candidateId: candidate._id, applicationId: link.applicationId, view, messageIds }),
  );
  response.status(204).end();
}

/** One-click unsubscribing by a mail programme (RFC 8058): no cookie, and the answer is no redirection. */
async function unsubscribe(visit: Visit, response: Response): Promise<void> {
  const { office, link, candidate } = visit;
  const press = {
    candidateId: candidate._id,
    applicationId: link.applicationId,
    kind: 'pressed' as const,
    button: 'stop_nudges',
    onPage: false,
  };
  await commit(office, `candidate:${candidate._id}`, (unit) =>
    takePress(unit, press, (_, scope) => stopMessages(unit, scope, { scope: 'nudges', via: 'email' })),
  );
  const after = (await openVisit(office, visit.base.slice(1))) ?? visit;
  response.type('html').send(await pageOf(after, 'stop', { wanted: null, messageId: null, said: null }));
}

/** The one reader presses: the file leaves, and the opening is written down. */
async function sendFile(visit: Visit, response: Response): Promise<void> {
  const { office, link } = visit;
  try {
    const file = await commit(office, `staff:${link.staffId ?? ''}`, (unit) => openCandidateFile(unit, link));
    response.attachment(file.name);
    response.set({ 'Content-Type': file.mediaType, 'Content-Security-Policy': "default-src 'none'; sandbox" });
    response.end(Buffer.from(file.content.buffer));
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    await refuse(office, response);
  }
}

const readForm = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 30 });

/** The fields of a form; only texts count, nothing else is looked at. */
async function formOf(request: Request, response: Response): Promise<Form> {
  await new Promise<void>((resolve, reject) => {
    readForm(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string' && value.length <= 4_000) fields[name] = value;
  }
  return fields;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value) ? value : null;
}

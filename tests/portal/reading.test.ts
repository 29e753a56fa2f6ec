import { describe, expect } from 'vitest';
import { momentAt } from '../../hongkong/zone.ts';
import { openCompany } from '../fixtures/world.ts';
import { everything, test } from './portal-fixture.ts';
import { APPLICATION, CANDIDATE, invited, waiting } from './scene.ts';

const SECRET = /\/([A-Za-z0-9_-]{22})(\?do=\w+)?(?![A-Za-z0-9_-])/g;

describe('reading changes nothing', () => {
  test('a scanner that fetches every link of every message leaves no trace', async ({ office, portal }) => {
    await invited(office, portal, 'ka.yan@example.hk');
    for (const time of ['18:30', '20:05']) {
      office.clock.moveTo(momentAt('2026-11-25', time));
      await portal.dispatch();
    }
    expect(new Set(portal.received.map(({ by }) => by))).toEqual(new Set(['email', 'sms']));
    const links = portal.received.flatMap(({ text, html, unsubscribeUrl }) =>
      [...`${text} ${html ?? ''} ${unsubscribeUrl ?? ''}`.matchAll(SECRET)].map(([link]) => link),
    );
    const file = await portal.link('file');
    const before = await everything(office);

    const paths = new Set([...links, file]);
    for (const path of [...paths]) {
      for (const page of ['pics', 'withdraw', 'seen']) paths.add(`${path.split('?')[0]}/${page}`);
    }
    expect(paths.size).toBeGreaterThan(20);
    for (const path of paths) {
      const got = await portal.read(path);
      await got.text();
      const head = await portal.read(path, { method: 'HEAD' });
      expect(head.status).toBe(got.status);
    }

    expect(await everything(office)).toEqual(before);
  });

  test('a page that was only fetched is not opened; one that a browser reports is', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const html = await (await portal.read(page)).text();
    expect(await office.models.activities.countDocuments()).toBe(0);
    const ids = [...html.matchAll(/data-message="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(2);

    const answer = await portal.read(`${page}/seen`, {
      method: 'POST',
      body: new URLSearchParams({ view: 'page', messages: `${ids[0]} someone_elses` }),
    });

    expect(answer.status).toBe(204);
    const candidate = await office.models.candidates.findById(CANDIDATE).lean();
    expect(candidate?.pageSeenAt).toEqual(office.clock.now());
    expect(await office.models.activities.find().lean()).toMatchObject([{ kind: 'page_opened', detail: 'page' }]);
    const [read, other] = await Promise.all(ids.map((id) => office.models.outbox.findById(id).lean()));
    expect(read?.deliveries[0]).toMatchObject({ channel: 'portal', state: 'read', readAt: office.clock.now() });
    expect(other?.deliveries[0]).toMatchObject({ channel: 'portal', state: 'accepted', readAt: null });
  });

  test('a page that stays in use is written down once in ten minutes', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const seen = () =>
      portal.read(`${page}/seen`, { method: 'POST', body: new URLSearchParams({ view: 'page', messages: '' }) });
    await seen();
    office.clock.moveBy(5 * 60_000);
    await seen();
    expect(await office.models.activities.countDocuments()).toBe(1);
    office.clock.moveBy(11 * 60_000);
    await seen();
    expect(await office.models.activities.countDocuments()).toBe(2);
  });

  test('a story read is a sign of life, but no training notice read', async ({ office, portal }) => {
    await waiting(office, portal);
    const story = await portal.link('story');
    await portal.read(`${story}/seen`, { method: 'POST', body: new URLSearchParams({ view: 'story' }) });
    const candidate = await office.models.candidates.findById(CANDIDATE).lean();
    expect(candidate).toMatchObject({ lastActivityAt: office.clock.now(), pageSeenAt: null });
  });

  test('another site cannot make a browser report or press', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const before = await everything(office);
    for (const path of [`${page}/seen`, `${page}/press`]) {
      const answer = await portal.read(path, {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'cross-site' },
        body: new URLSearchParams({ view: 'page', do: 'withdraw' }),
      });
      expect(answer.status).toBe(403);
    }
    expect(await everything(office)).toEqual(before);
  });
});

describe('the statement', () => {
  test('is shown in a version and at a moment, once the browser says so', async ({ office, portal }) => {
    await invited(office, portal);
    const pics = await portal.link('pics');
    const page = await (await portal.read(pics)).text();
    expect(page).toContain('2028年11月20日（星期一）');
    expect(page).toContain('資料存放於：香港');
    expect((await office.models.candidates.findById(CANDIDATE).lean())?.picsShownAt).toBeNull();

    await portal.read(`${pics}/seen`, { method: 'POST', body: new URLSearchParams({ view: 'pics' }) });

    const shownAt = office.clock.now();
    expect(await office.models.candidates.findById(CANDIDATE).lean()).toMatchObject({
      picsVersion: '2026-11',
      picsShownAt: shownAt,
    });
    office.clock.moveBy(86_400_000);
    await portal.press(`${pics}/press`, { do: 'pics_read', from: 'pics' });
    expect((await office.models.candidates.findById(CANDIDATE).lean())?.picsShownAt).toEqual(shownAt);
    expect(await office.models.auditEntries.countDocuments({ act: 'pics_shown' })).toBe(1);
  });

  test('without script the press counts', async ({ office, portal }) => {
    await invited(office, portal);
    const pics = await portal.link('pics');
    const { said } = await portal.press(`${pics}/press`, { do: 'pics_read', from: 'pics' });
    expect(said).toBe('已記錄您看過這份聲明，多謝。');
    expect((await office.models.candidates.findById(CANDIDATE).lean())?.picsVersion).toBe('2026-11');
  });
});

describe('a bad link', () => {
  test('gets the same kind page with the telephone number, whatever is wrong with it', async ({ office, portal }) => {
    await invited(office, portal);
    const good = await portal.link('page');
    const expired = await portal.link('page');
    await office.models.portalLinks.updateOne({ createdAt: office.clock.now() }, {});
    const revoked = await portal.link('page');
    const all = await office.models.portalLinks.find().sort({ _id: 1 }).lean();
    const digestOf = async (path: string) =>
      (await import('../../recruiting/message/links.ts')).linkDigest(path.slice(1));
    await office.models.portalLinks.updateOne({ _id: await digestOf(expired) }, { expiresAt: office.clock.now() });
    await office.models.portalLinks.updateOne({ _id: await digestOf(revoked) }, { revokedAt: office.clock.now() });
    const gone = await portal.link('page', { candidateId: 'nobody' });
    expect(all.length).toBeGreaterThan(2);

    const answers = [];
    for (const path of [expired, revoked, gone, '/AAAAAAAAAAAAAAAAAAAAAA', `${good}x`, `${good}/nowhere`, '/']) {
      const answer = await portal.read(path);
      answers.push({ status: answer.status, page: await answer.text() });
    }

    expect(new Set(answers.map(({ page }) => page)).size).toBe(1);
    expect(answers.every(({ status }) => status === 404)).toBe(true);
    expect(answers[0]?.page).toContain('2123 4567');
    expect(answers[0]?.page).not.toMatch(/陳|店務員|A1003|Carmen|旺角/);
    expect((await portal.read(good)).status).toBe(200);
    expect((await portal.read('/dingtalk/callback')).status).toBe(404);
    expect(await (await portal.read('/dingtalk/callback')).text()).toBe('not one of ours');
  });

  test('after the day on which the data must go nothing is shown any more', async ({ office, portal }) => {
    await invited(office, portal);
    await office.models.candidates.updateOne({ _id: CANDIDATE }, { purgeAfter: office.clock.now() });
    expect((await portal.read(await portal.link('page'))).status).toBe(404);
  });
});

describe('what the pages carry', () => {
  test('headers that keep the address and the person private', async ({ office, portal }) => {
    await waiting(office, portal);
    for (const path of [await portal.link('page'), '/AAAAAAAAAAAAAAAAAAAAAA']) {
      const { headers } = await portal.read(path);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  test('nothing of anybody else, no script in the page, and no secret but the own one', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    const html = await (await portal.read(page)).text();
    const outside = [...html.matchAll(/(?:src|href|action)="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(outside.filter((url) => !/^(?:\/|#|tel:|data:,$)/.test(url))).toEqual([]);
    expect(html).not.toMatch(/<script>|<style|\son\w+=|style="/);
    const secrets = [...html.matchAll(/\/(token\d{17})/g)].map((match) => `/${match[1]}`);
    expect(new Set(secrets)).toEqual(new Set([page]));
    expect(html).toContain('<html lang="zh-Hant-HK">');
    expect(html).toContain('<meta name="robots" content="noindex, nofollow">');
  });

  test('texts of people as texts', async ({ office, portal }) => {
    await waiting(office, portal);
    const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>{{brand}}`;
    await office.models.candidates.updateOne(
      { _id: CANDIDATE },
      { 'name.preferredName': hostile, 'name.display': hostile },
    );
    await office.models.requisitions.updateMany({}, { jobTitle: hostile });
    await office.models.outbox.updateMany({ body: { $ne: null } }, { body: `${hostile}\n：{link}` });
    const html = await (await portal.read(await portal.link('page'))).text();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
  });

  test('our own font only in subsets, kept for ever, packed', async ({ office, portal }) => {
    await openCompany(office);
    const html = await (await portal.read('/AAAAAAAAAAAAAAAAAAAAAA')).text();
    const fonts = /data-fonts="([^"]+)"/.exec(html)?.[1] ?? '';
    const styles = await portal.read(fonts.replaceAll('&#x3D;', '='));
    expect(styles.headers.get('cache-control')).toContain('immutable');
    expect(styles.headers.get('content-encoding')).toBe('gzip');
    const css = await styles.text();
    expect(css.match(/@font-face/g)?.length).toBeGreaterThan(200);
    expect(css.match(/unicode-range/g)?.length).toBe(css.match(/font-display: swap/g)?.length);
    const file = /url\((fonts\/[^)]+)\)/.exec(css)?.[1];
    const font = await portal.read(`/portal-assets/${file}`);
    expect(font.status).toBe(200);
    expect(font.headers.get('content-type')).toBe('font/woff2');
    expect((await portal.read('/portal-assets/fonts/..%2f..%2fpackage.json')).status).toBe(404);
  });
});

test('messages stand newest first, by when they came', async ({ office, portal }) => {
  await invited(office, portal);
  office.clock.moveTo(momentAt('2026-11-25', '18:01'));
  await portal.dispatch();
  const html = await (await portal.read(await portal.link('page'))).text();
  const titles = [...html.matchAll(/<header><h3>([^<]*)</g)].map((match) => match[1]);
  expect(titles).toEqual(['面試提示', '面試邀請']);
  expect(html).toContain('路線及惡劣天氣安排：<a href="#top">就在這個專頁</a>');
  expect(html).toContain('黑色暴雨警告信號');
});

describe('the page never runs ahead of the messages', () => {
  test('a refusal is not read there before its letter', async ({ office, portal }) => {
    await waiting(office, portal);
    const page = await portal.link('page');
    await office.models.waitingPlans.deleteMany({});
    const history = (await office.models.applications.findById(APPLICATION).lean())?.history.slice(0, 4) ?? [];
    const rejected = { at: office.clock.now(), from: 'interviewed', to: 'rejected', by: 'staff:gloria', reason: 'x' };
    await office.models.applications.updateOne(
      { _id: APPLICATION },
      { stage: 'rejected', history: [...history, rejected] },
    );
    office.clock.moveBy(3_600_000);
    const before = await (await portal.read(page)).text();
    expect(before).toContain('已面試，等候結果');
    expect(before).not.toMatch(/完結|rejected|婉拒/);

    await office.run('staff:carmen', async (unit) => {
      unit.effect({
        kind: 'candidate_message',
        candidateId: CANDIDATE,
        applicationId: APPLICATION,
        template: 'rejection',
        occasion: 'letter',
        extra: { positive: '您的親切笑容', interviewed: 'yes' },
      });
    });
    office.clock.moveBy(300_000);
    await portal.dispatch();
    const after = await (await portal.read(page)).text();
    expect(after).toContain('申請已完結');
    expect(after).toContain('我們欣賞您的親切笑容');
    expect(after).toContain('id="do-join_talent_pool"');
  });

  test('an appointment appears with its invitation and not before', async ({ office, portal }) => {
    const id = await invited(office, portal);
    const page = await portal.link('page');
    expect(await (await portal.read(page)).text()).toContain('2026年11月26日（星期四）下午3時30分');
    await office.models.outbox.deleteMany({ what: { $ne: 'interview_invitation' } });
    await office.models.outbox.updateMany({}, { state: 'pending', attempts: 0, body: null, deliveries: [] });
    const html = await (await portal.read(page)).text();
    expect(html).not.toContain('下午3時30分');
    expect(html).not.toContain(id);
  });
});

import { describe, expect } from 'vitest';
import { keepCandidateFile } from '../../recruiting/candidate/keep-candidate-file.ts';
import { filePlaceholder, withFileLinks } from '../../recruiting/message/file-links.ts';
import type { TestOffice } from '../fixtures/office.ts';
import { test } from './portal-fixture.ts';
import { APPLICATION, CANDIDATE, waiting } from './scene.ts';

const candidateOf = async (office: TestOffice) => (await office.models.candidates.findById(CANDIDATE).lean())!;
const planOf = async (office: TestOffice) => (await office.models.waitingPlans.findById(APPLICATION).lean())!;
const activitiesOf = (office: TestOffice) => office.models.activities.find().sort({ at: 1, _id: 1 }).lean();

describe('unsubscribing', () => {
  test('a mail programme does it with one request, without cookies or redirection', async ({ office, portal }) => {
    await waiting(office, portal);
    await office.models.candidates.updateOne({ _id: CANDIDATE }, { email: 'ka.yan@example.hk' });
    const stop = await portal.link('stop');
    const one = () =>
      portal.read(stop, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    const answer = await one();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    await one();
    expect((await candidateOf(office)).choices.nudgesStoppedAt).toEqual(office.clock.now());
    await portal.dispatch();
    const mails = portal.received.filter(({ by }) => by === 'email');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('You have been unsubscribed.');
  });

  test('a person gets the choice, and it works without cookies too', async ({ office, portal }) => {
    await waiting(office, portal);
    const stop = await portal.link('stop');
    const html = await (await portal.read(stop)).text();
    expect(html).toContain('停止提示訊息');
    expect(html).not.toMatch(/店務員|培訓室/);
    const { said } = await portal.press(`${stop}/press`, { do: 'stop_all' });
    expect(said).toContain('已停止向您發送所有訊息');
    expect((await candidateOf(office)).choices.allStoppedAt).toEqual(office.clock.now());
  });
});

describe('a CV', () => {
  const pdf = Buffer.from('%PDF-1.7\nhello');

  async function fileLink(office: TestOffice): Promise<string> {
    const { file } = await office.run('staff:carmen', (unit) =>
      keepCandidateFile(unit, { candidateId: CANDIDATE, name: '陳家欣 履歷.pdf', content: pdf }),
    );
    const url = await withFileLinks(office, 'gloria', filePlaceholder(file._id));
    return new URL(url).pathname;
  }

  test('opens by a press, for the one reader, and every opening is written down', async ({ office, portal }) => {
    await waiting(office, portal);
    const path = await fileLink(office);
    const html = await (await portal.read(path)).text();
    expect(html).toContain('陳家欣 履歷.pdf');
    expect(html).toContain('黃美玲');
    expect(await office.models.activities.countDocuments()).toBe(0);

    const opened = await portal.read(path, { method: 'POST' });
    await portal.read(path, { method: 'POST' });

    expect(Buffer.from(await opened.arrayBuffer())).toEqual(pdf);
    expect(opened.headers.get('content-type')).toBe('application/pdf');
    expect(opened.headers.get('content-disposition')).toContain(`filename*=UTF-8''%E9%99%B3`);
    expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(await activitiesOf(office)).toMatchObject([
      { kind: 'file_opened', by: 'staff:gloria' },
      { kind: 'file_opened', by: 'staff:gloria' },
    ]);
    expect(await office.models.auditEntries.countDocuments({ act: 'open_file', by: 'staff:gloria' })).toBe(2);
    expect((await planOf(office)).lastActivityAt).not.toEqual(office.clock.now());
  });

  test('is refused kindly after its time and when the reader has left', async ({ office, portal }) => {
    await waiting(office, portal);
    const path = await fileLink(office);
    await office.models.staff.updateOne({ _id: 'gloria' }, { active: false });
    expect((await portal.read(path, { method: 'POST' })).status).toBe(404);
    expect((await portal.read(path)).status).toBe(404);
    await office.models.staff.updateOne({ _id: 'gloria' }, { active: true });
    office.clock.moveBy(61 * 60_000);
    const late = await portal.read(path, { method: 'POST' });
    expect(late.status).toBe(404);
    expect(await late.text()).toContain('2123 4567');
    expect(await office.models.activities.countDocuments()).toBe(0);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { GROUP } from './company.ts';
import { test } from './sandbox-fixture.ts';

describe('the control API', () => {
  test('an empty company is filled by adding people and a group', async ({ desk }) => {
    await desk.control('POST', '/reset', { seed: 'empty' });
    expect(await desk.control('GET', '/people')).toEqual([]);
    await desk.control('POST', '/people', [
      { id: 'first', name: '周美玲', staffId: 'u1' },
      { id: 'guest', name: '客人', phone: '61239999' },
    ]);
    const { id } = await desk.control<{ id: string }>('POST', '/conversations', { title: '新群', members: ['first'] });
    expect(await desk.control('GET', '/conversations?as=first')).toMatchObject([
      { id, kind: 'group', title: '新群', members: ['first'] },
      { kind: 'direct', title: '招聘助手' },
    ]);
    expect(await desk.control('GET', '/conversations?as=guest')).toEqual([]);
    expect(await desk.control('POST', '/people/guest', { staffId: 'u2' })).toMatchObject({
      id: 'guest',
      staffId: 'u2',
      phone: '61239999',
      unionId: expect.any(String),
    });
    await desk.control('POST', '/people/guest', { hasLeft: true });
    expect((await desk.tryControl('POST', '/say', { as: 'guest', in: 'bot', text: '喂' })).status).toBe(409);
  });

  test('the sample company that both halves read is one this sandbox can live in', async ({ desk }) => {
    await desk.control('POST', '/reset', { seed: 'sample' });
    const file = JSON.parse(readFileSync(new URL('../../sandbox/sample-company.json', import.meta.url), 'utf8')) as {
      people: { id: string }[];
      candidates: { id: string }[];
      groups: { id: string; members: string[] }[];
    };
    const people = await desk.control<{ id: string; staffId?: string }[]>('GET', '/people');
    expect(people.map(({ id }) => id)).toEqual([...file.people, ...file.candidates].map(({ id }) => id));
    expect(new Set(people.map(({ staffId }) => staffId).filter(Boolean)).size).toBe(
      people.filter(({ staffId }) => staffId).length,
    );
    for (const { id, members } of file.groups) {
      expect(await desk.control('GET', `/conversations/${encodeURIComponent(id)}?as=${members[0]}`)).toMatchObject({
        id,
        kind: 'group',
      });
    }
  });

  test('the same seed and the same acts give the same ids', async ({ desk }) => {
    const play = async (seed: unknown): Promise<unknown[]> => {
      await desk.control('POST', '/reset', { seed });
      const said = await desk.control('POST', '/say', { as: 'hr-carmen', in: 'bot', text: '你好' });
      return [
        said.msgId,
        await desk.control('POST', '/apps', { name: '別的' }),
        (await desk.control<{ id: string }[]>('GET', '/conversations?as=hr-carmen')).map(({ id }) => id),
      ];
    };
    const people = await desk
      .control('POST', '/reset', { seed: 7 })
      .then(() => desk.control<{ id: string }[]>('GET', '/people'));
    expect(people.some(({ id }) => id === 'hr-carmen')).toBe(true);
    const first = await play(7);
    expect(await play(7)).toEqual(first);
    expect(await play('other')).not.toEqual(first);
  });

  test.for([
    ['GET', '/nothing', undefined, 404, 'not_found'],
    ['POST', '/people/nobody', {}, 404, 'no_such_person'],
    ['PUT', '/say', {}, 405, 'method_not_allowed'],
    ['POST', '/say', { as: 'hr' }, 400, 'invalid'],
    ['POST', '/say', { as: 'nobody', in: 'bot', text: 'x' }, 404, 'no_such_person'],
    ['POST', '/say', { as: 'hr', in: 'cidNO==', text: 'x' }, 404, 'no_such_conversation'],
    ['POST', '/say', { as: 'hr', in: 'bot:no', text: 'x' }, 404, 'no_such_robot'],
    ['POST', '/say', { as: 'hr', in: 'bot' }, 409, 'nothing_said'],
    ['POST', '/say', { as: 'kayan', in: GROUP, text: 'x' }, 409, 'not_a_member'],
    ['GET', `/conversations/${encodeURIComponent(GROUP)}?as=kayan`, undefined, 403, 'not_a_member'],
    ['GET', '/log?since=x', undefined, 400, 'invalid'],
    ['POST', '/press', { as: 'hr', outTrackId: 'no', button: 'x' }, 404, 'no_such_card'],
    ['POST', '/settings', { redeliverSecond: 1 }, 400, 'invalid'],
    ['POST', '/stream', { do: 'explode' }, 400, 'invalid'],
    ['POST', '/apps/no', {}, 404, 'no_such_app'],
  ] as const)('%s %s is refused in the error form', async ([method, path, body, status, code], { desk }) => {
    expect(await desk.tryControl(method, path, body)).toEqual({
      status,
      json: { error: { code, message: expect.any(String) } },
    });
  });

  test('members also answer to their staffId', async ({ desk }) => {
    await desk.control('POST', '/say', { as: 'u1001', in: 'bot', text: '你好' });
    expect((await desk.seen('hr', 'bot'))[0]?.from).toBe('hr');
  });

  test('the live feed tells a page what to fetch', async ({ desk }) => {
    const abort = new AbortController();
    const response = await fetch(`${desk.origin}/live`, { signal: abort.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await desk.control('POST', '/say', { as: 'hr', in: GROUP, text: '你好', mention: false });
    await desk.control('POST', '/sms', { from: 'kayan', to: 'Good', text: '你好' });
    let text = '';
    while (!text.includes('event: sms')) text += Buffer.from((await reader.read()).value ?? []).toString();
    expect(text).toMatch(new RegExp(`event: message\\ndata: {"conversationId":"${GROUP}","seq":\\d+}`));
    abort.abort();
  });

  test('log entries are numbered and can be read from any number on', async ({ desk }) => {
    await desk.token();
    await desk.token();
    const all = await desk.log();
    const last = all.at(-1)?.seq ?? 0;
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(await desk.control('GET', `/log?since=${last - 1}`)).toMatchObject({ entries: [{ seq: last }] });
    expect(all[0]).toMatchObject({
      direction: 'in',
      kind: 'http',
      name: 'POST /v1.0/oauth2/accessToken',
      status: 200,
      ackMs: expect.any(Number),
      body: { appSecret: '***' },
    });
  });

  test('meetings and taken times are seen and answered by the people themselves', async ({ desk }) => {
    await desk.control('POST', '/calendar/busy', {
      as: 'hr',
      start: '2026-12-02T09:00:00+08:00',
      end: '2026-12-02T10:00:00+08:00',
    });
    const created = await desk.call<{ id: string }>('POST', '/v1.0/calendar/users/UNIONhr/calendars/primary/events', {
      summary: '面試',
      start: { dateTime: '2026-12-02T11:00:00+08:00' },
      end: { dateTime: '2026-12-02T12:00:00+08:00' },
      attendees: [{ id: 'UNIONboss' }],
    });
    await desk.control('POST', '/calendar/respond', {
      as: 'boss',
      eventId: created.json.id,
      responseStatus: 'declined',
    });
    expect(await desk.control('GET', '/calendar?as=hr')).toMatchObject({
      unionId: 'UNIONhr',
      events: [{ summary: '面試', attendees: [{ responseStatus: 'declined' }] }],
      busy: [{ status: 'BUSY' }, { status: 'BUSY' }],
    });
    expect((await desk.tryControl('GET', '/calendar?as=kayan')).status).toBe(409);
  });
});

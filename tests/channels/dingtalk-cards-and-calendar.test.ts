import { describe, expect } from 'vitest';
import type { CalendarDraft } from '../../channels/channel.ts';
import { card, connect, sandbox, test } from './dingtalk-fixture.ts';
import { HR_GROUP } from './sandbox-process.ts';

describe('a card', () => {
  const shown = async (cardId: string, person = 'wong') => {
    const messages = await sandbox.get<{
      messages: { card?: { outTrackId: string; values: Record<string, string> } }[];
    }>(`/conversations/bot?as=${person}`);
    return messages.messages
      .filter((message) => message.card?.outTrackId === cardId)
      .map((message) => message.card?.values);
  };

  test('is shown to a person, with private values, and in a group', async ({ dingtalk }) => {
    const face = { shared: { title: '題', buttons: '[]' }, personal: { u2: { buttons: '[{"id":"x","label":"X"}]' } } };
    expect(await dingtalk.channel.createCard(card('card_1', { face }), 'normal')).toEqual({
      outcome: 'accepted',
      providerId: expect.any(String),
    });
    expect(await shown('card_1')).toEqual([{ title: '題', buttons: '[{"id":"x","label":"X"}]' }]);
    const inGroup = await dingtalk.channel.createCard(card('card_2', { to: { conversationId: HR_GROUP } }), 'normal');
    expect(inGroup).toMatchObject({ outcome: 'accepted' });
  });

  test('created again with the same id is one card, also when the first answer was lost', async () => {
    const { channel, governor } = connect({ callTimeoutMs: 500 });
    await sandbox.post('/faults', { path: '/v1.0/card/*', times: 1, delayMs: 1_000, afterWork: true });
    expect(await channel.createCard(card('card_3'), 'normal')).toMatchObject({
      outcome: 'refused',
      kind: 'unreachable',
      retryAfterMs: 5_000,
    });
    expect(await channel.createCard(card('card_3'), 'normal')).toEqual({ outcome: 'accepted' });
    expect(await shown('card_3')).toHaveLength(1);
    await governor.stop();
  });

  test('that reaches nobody is refused although the call succeeded', async ({ dingtalk }) => {
    const answer = await dingtalk.channel.createCard(card('card_4', { to: { staffId: 'nobody' } }), 'normal');
    expect(answer).toMatchObject({ outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null });
  });

  test('keeps what an update does not name', async ({ dingtalk }) => {
    await dingtalk.channel.createCard(card('card_5'), 'normal');
    const face = { shared: { status: '已決定' }, personal: { u2: { buttons: '[]' } } };
    expect(await dingtalk.channel.updateCard('card_5', face, 'press')).toEqual({ outcome: 'accepted' });
    expect(await shown('card_5')).toEqual([{ title: '陳家欣', text: '**店務員**', status: '已決定', buttons: '[]' }]);
    expect(await dingtalk.channel.updateCard('card_unknown', face, 'press')).toMatchObject({
      outcome: 'refused',
      kind: 'bad_request',
    });
  });

  test('cannot be made without a template', async () => {
    const { channel } = connect({ cardTemplateId: '' });
    expect(channel.hasCards()).toBe(false);
    expect(await channel.createCard(card('card_6'), 'normal')).toMatchObject({
      outcome: 'refused',
      kind: 'bad_request',
    });
  });
});

describe('the calendar', () => {
  const draft: CalendarDraft = {
    organizerStaffId: 'u1',
    attendeeStaffIds: ['u1', 'u2'],
    title: '面試：陳家欣',
    description: '店務員',
    location: '旺角分店',
    startAt: new Date('2026-11-24T14:00:00+08:00'),
    endAt: new Date('2026-11-24T14:30:00+08:00'),
  };
  type Event = {
    id: string;
    summary: string;
    status: string;
    start: { dateTime: string };
    attendees: { id: string }[];
  };
  const eventsOf = async (person: string) => (await sandbox.get<{ events: Event[] }>(`/calendar?as=${person}`)).events;

  test('holds one entry per key, changed and deleted by its id', async ({ dingtalk }) => {
    const { channel } = dingtalk;
    const created = await channel.createCalendarEntry(draft, 'interview:1:v1');
    expect(await channel.createCalendarEntry(draft, 'interview:1:v1')).toEqual(created);
    if (created.outcome !== 'accepted' || !created.providerId) throw new Error('not accepted');
    const moved = {
      ...draft,
      attendeeStaffIds: ['u1', 'u3'],
      startAt: new Date('2026-11-25T10:00:00+08:00'),
      endAt: new Date('2026-11-25T10:30:00+08:00'),
    };
    expect(await channel.changeCalendarEntry(created.providerId, moved)).toMatchObject({ outcome: 'accepted' });
    expect(await eventsOf('carmen')).toMatchObject([
      {
        id: created.providerId,
        start: { dateTime: '2026-11-25T10:00:00+08:00' },
        attendees: [{ id: 'UNION1' }, { id: 'UNION3' }],
      },
    ]);
    expect(await channel.deleteCalendarEntry(created.providerId, 'u1')).toMatchObject({ outcome: 'accepted' });
    expect(await channel.deleteCalendarEntry('gone', 'u1')).toMatchObject({ outcome: 'accepted' });
  });

  test('refuses ids that would change the address, and unknown people', async ({ dingtalk }) => {
    expect(await dingtalk.channel.deleteCalendarEntry('a/b?c', 'u1')).toMatchObject({
      outcome: 'refused',
      kind: 'bad_request',
    });
    expect(await dingtalk.channel.createCalendarEntry({ ...draft, organizerStaffId: 'nobody' }, 'k')).toMatchObject({
      outcome: 'refused',
      kind: 'recipient_invalid',
    });
  });

  test('tells who is busy and whose calendar may not be read', async ({ dingtalk }) => {
    await sandbox.post('/calendar/busy', {
      as: 'wong',
      start: '2026-11-26T14:00:00+08:00',
      end: '2026-11-26T15:00:00+08:00',
    });
    await sandbox.post('/settings', { scheduleDenied: ['UNION3'] });
    const from = new Date('2026-11-26T09:00:00+08:00');
    const to = new Date('2026-11-26T18:00:00+08:00');
    const times = await dingtalk.channel.busyTimes(['u1', 'u2', 'u3', 'nobody'], from, to);
    await sandbox.post('/settings', { scheduleDenied: [] });
    expect(times).toEqual({
      busy: [
        { staffId: 'u2', startAt: new Date('2026-11-26T14:00:00+08:00'), endAt: new Date('2026-11-26T15:00:00+08:00') },
      ],
      unknown: ['nobody', 'u3'],
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardAnswer } from '../../channels/dingtalk/card-answer.ts';
import { decodeCardPress, flattenValues } from '../../channels/dingtalk/decode-card-press.ts';

const arrival = { deliveryId: 'b0c1_0_1_2', receivedAt: new Date('2026-11-23T02:00:00Z') };

function callback(inner: unknown, change: object = {}) {
  return {
    type: 'actionCallback',
    outTrackId: 'card_9',
    corpId: 'dingcorp01',
    userId: 'u1002',
    spaceType: 'IM_GROUP',
    content: JSON.stringify(inner),
    ...change,
  };
}

function decoded(document: unknown, at = arrival) {
  const result = decodeCardPress(document, at);
  if (!result.ok) throw new Error(result.reason);
  return result.event;
}

const agreed = { cardPrivateData: { actionIds: ['agree'], params: { interviewId: '9' } } };

describe('a press', () => {
  test('names card, person, button and values', () => {
    expect(decoded(callback(agreed))).toEqual({
      kind: 'press',
      eventId: expect.stringMatching(/^press:/),
      sentAt: arrival.receivedAt,
      cardId: 'card_9',
      staffId: 'u1002',
      button: 'agree',
      values: { interviewId: '9' },
    });
  });

  test('reads `value` where `content` is missing or empty, and parameters beside cardPrivateData', () => {
    expect(decoded(callback(agreed, { content: undefined, value: JSON.stringify(agreed) }))).toEqual(
      decoded(callback(agreed)),
    );
    expect(decoded(callback(agreed, { content: '', value: JSON.stringify(agreed) }))).toEqual(
      decoded(callback(agreed)),
    );
    const beside = { cardPrivateData: { actionIds: ['agree'] }, params: { interviewId: '9' } };
    expect(decoded(callback(beside))).toEqual(decoded(callback(agreed)));
  });

  test('takes the button that the template hands back before the action’s id', () => {
    const press = decoded(
      callback({ cardPrivateData: { actionIds: ['press'], params: { button: 'hire', note: 'x' } } }),
    );
    expect(press).toMatchObject({ button: 'hire', values: { note: 'x' } });
  });

  test('has the same id for an exact repeat and another for every other click', () => {
    const first = decoded(callback(agreed)).eventId;
    expect(decoded(callback(agreed)).eventId).toBe(first);
    const others = [
      decoded(callback(agreed), { ...arrival, deliveryId: 'other frame' }),
      decoded(callback(agreed, { userId: 'u1' })),
      decoded(callback(agreed, { outTrackId: 'card_10' })),
      decoded(callback({ cardPrivateData: { actionIds: ['refuse'], params: { interviewId: '9' } } })),
      decoded(callback({ cardPrivateData: { actionIds: ['agree'], params: { interviewId: '10' } } })),
    ].map((press) => press.eventId);
    expect(new Set([first, ...others]).size).toBe(6);
  });

  test('without card, person or action is refused with a reason', () => {
    expect(decodeCardPress(callback({}), arrival)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('action'),
    });
    expect(decodeCardPress(callback(agreed, { userId: '' }), arrival)).toMatchObject({ ok: false });
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (any, inner) => {
        decodeCardPress(any, arrival);
        decodeCardPress(callback(inner), arrival);
      }),
    );
  });
});

test('a form becomes flat values', () => {
  const form = {
    result: { index: 1, value: 'fail' },
    comment: '溝通一般',
    when: '2026-06-13 10:26',
    tags: { index: [1, 2], value: ['b', 'c'] },
    agree: true,
    score: 4,
    picked: [0, 2],
    nothing: null,
    value: 'a field of that name',
  };
  expect(flattenValues({ form, interviewId: '9', choice: { index: 0, value: 'x' } })).toEqual({
    result: 'fail',
    comment: '溝通一般',
    when: '2026-06-13 10:26',
    tags: ['b', 'c'],
    agree: true,
    score: 4,
    picked: ['0', '2'],
    value: 'a field of that name',
    interviewId: '9',
    choice: 'x',
  });
});

describe('the answer to a press', () => {
  const face = { shared: { status: '已決定' }, personal: { u1: { buttons: '[]' }, u2: { buttons: '[1]' } } };

  test('keeps what is not named and holds only the presser’s own values', () => {
    expect(cardAnswer(face, 'u1')).toEqual({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { status: '已決定' } },
      userPrivateData: { cardParamMap: { buttons: '[]' } },
    });
    expect(cardAnswer(face, 'u3')).not.toHaveProperty('userPrivateData');
  });

  test('is empty when there is no new face', () => {
    expect(cardAnswer(undefined, 'u1')).toEqual({});
  });
});

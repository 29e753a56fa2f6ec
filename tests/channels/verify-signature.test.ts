import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyCardSignature, verifyRobotSignature } from '../../channels/dingtalk/verify-signature.ts';

const now = new Date('2026-11-23T02:00:00Z');
const secret = 'app secret';

function robotSign(timestamp: string, key = secret): string {
  return createHmac('sha256', key).update(`${timestamp}\n${key}`).digest('base64');
}

describe('the signature of a robot message', () => {
  const at = (ms: number) => String(now.getTime() + ms);

  test.each([0, 3_600_000, -3_600_000])('is right %i ms away from now', (ms) => {
    const timestamp = at(ms);
    expect(verifyRobotSignature({ timestamp, signature: robotSign(timestamp), now }, secret)).toEqual({ ok: true });
  });

  test.each([3_600_001, -3_600_001])('is stale %i ms away from now', (ms) => {
    const timestamp = at(ms);
    expect(verifyRobotSignature({ timestamp, signature: robotSign(timestamp), now }, secret)).toEqual({
      ok: false,
      reason: 'stale',
    });
  });

  test('is wrong with another secret, another time, cut short, or as free text', () => {
    const timestamp = at(0);
    const good = robotSign(timestamp);
    for (const signature of [robotSign(timestamp, 'other'), robotSign(at(1)), good.slice(0, -4), 'x', '=']) {
      expect(verifyRobotSignature({ timestamp, signature, now }, secret)).toEqual({ ok: false, reason: 'wrong' });
    }
  });

  test('is missing when a header is', () => {
    expect(verifyRobotSignature({ timestamp: undefined, signature: 'x', now }, secret)).toMatchObject({
      reason: 'missing',
    });
    expect(verifyRobotSignature({ timestamp: at(0), signature: '', now }, secret)).toMatchObject({ reason: 'missing' });
  });

  test('over a time that is no number is refused', () => {
    expect(verifyRobotSignature({ timestamp: 'now', signature: robotSign('now'), now }, secret)).toMatchObject({
      ok: false,
    });
  });
});

test('a card press signs the time alone: neither signature passes for the other', () => {
  const timestamp = String(now.getTime());
  const signature = createHmac('sha256', secret).update(timestamp).digest('base64');
  expect(verifyCardSignature({ timestamp, signature, now }, secret)).toEqual({ ok: true });
  expect(verifyRobotSignature({ timestamp, signature, now }, secret)).toMatchObject({ ok: false, reason: 'wrong' });
  expect(verifyCardSignature({ timestamp, signature: robotSign(timestamp), now }, secret)).toMatchObject({ ok: false });
});

import { afterAll, test as base, beforeAll } from 'vitest';
import type { CardDraft, ChatBody } from '../../channels/channel.ts';
import { createDingTalkChannel, type DingTalkChannelOptions } from '../../channels/dingtalk/dingtalk-api.ts';
import { Governor } from '../../channels/dingtalk/governor.ts';
import { StillClock } from '../../lib/clock.ts';
import { realTimers } from '../../lib/timers.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const hello: ChatBody = { format: 'text', content: '你好' };

export let sandbox: SandboxProcess;
export let database: TestDatabase;
beforeAll(async () => {
  [sandbox, database] = await Promise.all([startSandbox(), openTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([sandbox.stop(), database.drop()]);
});

export type Connected = ReturnType<typeof connect>;

export function connect(options: Partial<DingTalkChannelOptions> = {}) {
  const clock = new StillClock('2026-11-23T10:00:00+08:00');
  const governor = new Governor({ models: database.models, clock, timers: realTimers, log: silent });
  const channel = createDingTalkChannel({
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    cardTemplateId: sandbox.templateId,
    apiBase: sandbox.origin,
    oapiBase: sandbox.origin,
    governor,
    timers: realTimers,
    log: silent,
    ...options,
  });
  return { channel, governor };
}

export const test = base.extend<{ dingtalk: Connected }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  dingtalk: async ({}, use) => {
    const connected = connect();
    await use(connected);
    await connected.governor.stop();
    await sandbox.clearFaults();
  },
});

export const messagesFor = async (person: string, conversation: string) =>
  (
    await sandbox.get<{ messages: { text: string; kind: string }[] }>(
      `/conversations/${encodeURIComponent(conversation)}?as=${person}`,
    )
  ).messages;

export function card(cardId: string, change: Partial<CardDraft> = {}): CardDraft {
  const buttons = JSON.stringify([{ id: 'hire', label: '聘用' }]);
  return {
    cardId,
    to: { staffId: 'u2' },
    face: { shared: { title: '陳家欣', text: '**店務員**', status: '', buttons } },
    summary: '請決定：陳家欣',
    ...change,
  };
}

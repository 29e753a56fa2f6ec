import { afterAll, test as base, beforeAll } from 'vitest';
import type { InboundEvent, InboundSink, Receiver } from '../../channels/channel.ts';
import {
  createStreamReceiver,
  type StreamGap,
  type StreamReceiverOptions,
} from '../../channels/dingtalk/stream-receiver.ts';
import { StillClock } from '../../lib/clock.ts';
import { realTimers } from '../../lib/timers.ts';
import { eventually } from './eventually.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const clock = new StillClock('2026-11-23T10:00:00+08:00');
export let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

/** A receiver under test with everything it heard. */
export interface Listening {
  receiver: Receiver;
  heard: InboundEvent[];
  gaps: StreamGap[];
  texts(): string[];
}

export const test = base.extend<{
  listens(options?: Partial<StreamReceiverOptions>, receive?: InboundSink['receive']): Promise<Listening>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  listens: async ({}, use) => {
    const receivers: Receiver[] = [];
    await use(async (options = {}, receive = async () => undefined) => {
      const heard: InboundEvent[] = [];
      const gaps: StreamGap[] = [];
      const receiver = createStreamReceiver({
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
        apiBase: sandbox.origin,
        clock,
        timers: realTimers,
        log: silent,
        onGap: (gap) => void gaps.push(gap),
        ...options,
      });
      receivers.push(receiver);
      await receiver.start({
        async receive(event) {
          const face = await receive(event);
          heard.push(event);
          return face;
        },
      });
      const texts = () => heard.map((event) => (event.kind === 'message' ? event.text : event.button));
      return { receiver, heard, gaps, texts };
    });
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await sandbox.clearFaults();
    await sandbox.post('/settings', { redeliverSeconds: 60, disconnectCloseMs: 10_000 });
    await eventually(connections).toBe(0);
  },
});

export const says = (text: string) => sandbox.post<{ msgId: string }>('/say', { as: 'carmen', in: 'bot', text });
export const connections = async () => (await sandbox.get<{ connections: unknown[] }>('/stream')).connections.length;

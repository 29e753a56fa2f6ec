import { z } from 'zod';
import { durationMs } from '../clock/duration.ts';
import { NotSettled } from '../clock/mover.ts';
import { ControlError } from './control-error.ts';
import { type ControlCall, type ControlRoute, read, route } from './control-route.ts';
import { MOMENT } from './moment.ts';

const MOVE = z.union([
  z.strictObject({ to: MOMENT }),
  z.strictObject({ by: z.string() }),
  z.strictObject({ next: z.literal(true) }),
]);
const SETTLE = z.object({ timeoutMs: z.number().int().min(1).max(600_000).optional() });

/** A moment that has just passed while it was being asked for is no going back: nothing moves. */
const TOLERANCE_MS = 5000;

/** Runs a move or a settling; what is still open becomes a 504. */
async function settled<T>(call: ControlCall, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NotSettled)) throw error;
    throw new ControlError(504, 'not_settled', error.message, {
      settled: false,
      open: error.open,
      now: call.world.clock.now().toISOString(),
    });
  }
}

export const clockRoutes: readonly ControlRoute[] = [
  route('GET', '/clock', ({ world }) => {
    const next = [world.dues.next(), world.followers.nextDue()]
      .filter((moment) => moment !== undefined)
      .sort((a, b) => a.getTime() - b.getTime())[0];
    return {
      now: world.clock.now().toISOString(),
      running: world.clock.running,
      followers: world.followers.size,
      ...(next ? { nextDue: next.toISOString() } : {}),
    };
  }),
  route('POST', '/clock', (call) => {
    const move = read(call, MOVE);
    const { mover, clock } = call.world;
    if ('next' in move) return settled(call, () => mover.moveToNext());
    if ('by' in move) {
      const ms = durationMs(move.by);
      if (ms === undefined) throw new ControlError(400, 'invalid', 'by: an ISO 8601 duration such as P1D or PT90M');
      return settled(call, () => mover.moveBy(ms));
    }
    const target = new Date(move.to);
    if (clock.now().getTime() - target.getTime() > TOLERANCE_MS)
      throw new ControlError(409, 'time_never_goes_back', `it is already ${clock.now().toISOString()}`);
    return settled(call, () => mover.moveTo(target));
  }),
  route('POST', '/settle', (call) => {
    const { timeoutMs } = read(call, SETTLE);
    return settled(call, async () => {
      await call.world.mover.settle(timeoutMs);
      return { settled: true };
    });
  }),
];

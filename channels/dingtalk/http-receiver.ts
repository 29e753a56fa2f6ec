import { createHmac } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Clock } from '../../lib/clock.ts';
import { describeError } from '../../lib/errors.ts';
import type { Receiver } from '../channel.ts';
import type { Log } from '../log.ts';
import { type CallbackTaker, createCallbackTaker } from './take-callbacks.ts';
import { type SignatureCheck, verifyCardSignature, verifyRobotSignature } from './verify-signature.ts';

/** Where DingTalk posts to, below the address the router is mounted at. */
export const ROBOT_PATH = '/robot';
export const CARD_PATH = '/card';
/** A robot message is a few kilobytes; files come as download codes. */
const MOST_BODY_BYTES = 1024 * 1024;

export interface HttpReceiverOptions {
  clientSecret: string;
  clock: Clock;
  log: Log;
  /** Present when a card template is configured: where presses are posted to. */
  cards?: {
    /** Public address of the card path, for example `https://hr.example.com/dingtalk/card`. */
    callbackUrl: string;
    routeKey: string;
    register(route: { url: string; routeKey: string; apiSecret: string }): Promise<void>;
  };
}

/** A receiver for those who cannot use stream mode, and the router to be mounted. */
export interface HttpReceiver extends Receiver {
  readonly router: Router;
}

/** The secret that signs card presses: made from the app secret, so that every process and every start has the same. */
export function cardApiSecret(clientSecret: string): string {
  return createHmac('sha256', clientSecret).update('card callback').digest('hex').slice(0, 32);
}

/** Hears robot messages and card presses that DingTalk posts (DingTalk: "Receive messages", "Event callback of a card"). */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  const { clientSecret, clock, log, cards } = options;
  const apiSecret = cardApiSecret(clientSecret);
  let taker: CallbackTaker | undefined;
  const router = Router();

  const serving = (response: Response): CallbackTaker | undefined => {
    // The platform tries again later.
    if (!taker) response.status(503).json({ error: 'not serving' });
    return taker;
  };
  // Signatures are checked before the body is read: strangers get no work out of us.
  const genuine =
    (check: (request: Request) => SignatureCheck) => (request: Request, response: Response, next: NextFunction) => {
      const result = check(request);
      if (result.ok) return next();
      log.warn({ path: request.path, reason: result.reason }, 'dingtalk: a callback with a bad signature was refused');
      response.status(401).json({ error: `signature ${result.reason}` });
    };
  const json = express.json({ limit: MOST_BODY_BYTES, type: () => true });

  router.post(
    ROBOT_PATH,
    genuine((request) =>
      verifyRobotSignature(
        { timestamp: request.get('timestamp'), signature: request.get('sign'), now: clock.now() },
        clientSecret,
      ),
    ),
    json,
    async (request: Request, response: Response) => {
      const taking = serving(response);
      if (!taking) return;
      await taking.takeMessage(request.body, clock.now());
      // Replies go out by themselves: this answer may be repeated, a reply may not.
      response.json({ msgtype: 'empty' });
    },
  );

  router.post(
    CARD_PATH,
    genuine((request) =>
      verifyCardSignature(
        {
          timestamp: request.get('x-ddpaas-signature-timestamp'),
          signature: request.get('x-ddpaas-signature'),
          now: clock.now(),
        },
        apiSecret,
      ),
    ),
    json,
    async (request: Request, response: Response) => {
      const taking = serving(response);
      if (!taking) return;
      const deliveryId = request.get('x-ddpaas-signature-timestamp') ?? '';
      response.json(await taking.takePress(request.body, { deliveryId, receivedAt: clock.now() }));
    },
  );

  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ error: describeError(error) }, 'dingtalk: a callback could not be stored');
    response.status(status).json({ error: status >= 500 ? 'not stored' : 'bad request' });
  });

  return {
    router,
    async start(sink) {
      taker = createCallbackTaker({ sink, log });
      if (cards) await cards.register({ url: cards.callbackUrl, routeKey: cards.routeKey, apiSecret });
    },
    async stop() {
      taker = undefined;
    },
    health: () => (taker ? { ok: true } : { ok: false, reason: 'http receiver: not serving' }),
  };
}

/** Errors of the body parser carry their status. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

import type { CardFace, InboundSink } from '../channel.ts';
import type { Log } from '../log.ts';
import { type CardAnswer, cardAnswer } from './card-answer.ts';
import { decodeCardPress, type PressArrival } from './decode-card-press.ts';
import { decodeRobotMessage } from './decode-robot-message.ts';

/** What both ways in, stream and HTTP, do with a callback once it is genuine. */
export interface CallbackTaker {
  /** Resolves once the message is stored and may be acknowledged. @throws when it could not be stored. */
  takeMessage(document: unknown, receivedAt: Date): Promise<void>;
  /** Resolves with the card's answer once the press is stored. @throws when it could not be stored. */
  takePress(document: unknown, arrival: PressArrival): Promise<CardAnswer>;
}

/** Decodes and hands over to the sink. A document that cannot be read is logged and acknowledged: again is no better. */
export function createCallbackTaker(parts: { sink: InboundSink; log: Log }): CallbackTaker {
  const { sink, log } = parts;
  return {
    async takeMessage(document, receivedAt) {
      const decoded = decodeRobotMessage(document, receivedAt);
      if (!decoded.ok) {
        log.error({ reason: decoded.reason }, 'a robot message could not be read and is lost');
        return;
      }
      await sink.receive(decoded.event);
    },
    async takePress(document, arrival) {
      const decoded = decodeCardPress(document, arrival);
      if (!decoded.ok) {
        log.error({ reason: decoded.reason }, 'a card press could not be read and is lost');
        return {};
      }
      const face: CardFace | undefined = await sink.receive(decoded.event);
      return cardAnswer(face, decoded.event.staffId);
    },
  };
}

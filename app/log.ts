import { pino } from 'pino';
import type { Log } from '../recruiting/unit/office.ts';

/**
 * The app's logger: JSON lines on stderr (stdout carries only the READY line). Error = someone must act. Texts and
 * fields hold ids, never names, numbers, texts of people or secrets; what slips in by mistake is cut out.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['*.clientSecret', '*.accessToken', '*.authorization', '*.phone', '*.email', '*.text', '*.url'],
        censor: '[cut]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

import type { MetCompliance } from '../../recruiting/compliance/count-compliance.ts';
import type { AnyCommand } from '../command.ts';
import type { Reading } from '../orders/reading.ts';
import type { Frame } from '../understand/frame.ts';

/** What planning noticed about a message, to be kept with whatever it comes to. */
export interface Heard {
  /** How free language read it. */
  reading?: Reading;
  /** The command whose exact form it had, and what was said of its arguments. */
  exact?: { command: AnyCommand; args: Frame['args']; text: string };
  /** Grounds that were not acted on, and private details that were left out. */
  met: MetCompliance[];
}

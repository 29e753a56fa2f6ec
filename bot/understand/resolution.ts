import type { Said } from '../replies/said.ts';
import type { Frame, Piece } from './frame.ts';

/** Something to pick. */
export interface Option {
  id: string;
  label: string;
}

/** What looking everybody up comes to. */
export type Resolution =
  | { outcome: 'ready'; frame: Frame }
  | {
      outcome: 'question';
      /** Which argument the answer fills, in a frame whose other arguments are settled as far as possible. */
      argument: string;
      /** The piece it replaces; null = it is added. */
      pieceIndex: number | null;
      kind: 'choose' | 'ask';
      text: Said;
      options: Option[];
      frame: Frame;
    }
  | { outcome: 'refused'; text: Said };

/** What one piece comes to. */
export type PieceResult =
  | { found: Piece }
  | { choose: Option[]; text?: Said }
  | { ask: Said; keep?: Piece }
  | { refuse: Said };

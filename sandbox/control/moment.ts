import { z } from 'zod';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 moment with an offset; seconds may be left out. */
export const MOMENT = z.string().refine((text) => WITH_OFFSET.test(text) && !Number.isNaN(Date.parse(text)), {
  message: 'an ISO 8601 moment with an offset, such as 2026-11-23T10:00+08:00',
});

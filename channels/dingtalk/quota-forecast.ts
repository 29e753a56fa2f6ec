import { hongKongDate, hongKongParts, localDate, momentAt } from '../../hongkong/zone.ts';
import type { QuotaCounterRecord } from '../../models/quota-counter.model.ts';

/** What the platform allows per month. */
export interface QuotaBudget {
  /** Billed API calls. */
  calls: number;
  /** Webhook and stream messages. */
  messages: number;
}

/** The standard edition since 2025-11-19 (DingTalk: "Billing model of the application development platform"). */
export const STANDARD_BUDGET: QuotaBudget = { calls: 5_000, messages: 3_000 };

export type QuotaMeter = keyof QuotaBudget;

/** Use of one allowance, now and as expected at the month's end. */
export interface QuotaOutlook {
  used: number;
  /** `used` + the daily average of the last 7 days of this month x the days that are left. */
  expected: number;
  budget: number;
  runsOut: boolean;
}

export interface QuotaForecast {
  /** `2026-11`, in Hong Kong. */
  month: string;
  calls: QuotaOutlook;
  messages: QuotaOutlook;
  /** Mass sendings are held back: what people do in the rest of the month would not fit otherwise. */
  bulkHeldBack: boolean;
}

const DAY_MS = 86_400_000;
const AVERAGE_DAYS = 7;

/** Month and day in Hong Kong: `2026-11` and `07`. */
export function quotaDayOf(moment: Date): { month: string; day: string } {
  const date = hongKongDate(moment);
  return { month: date.slice(0, 7), day: date.slice(8, 10) };
}

/** Projects a month's use from its last days. Pure; an absent record is a month without use. */
export function forecastQuota(record: QuotaCounterRecord | null, now: Date, budget: QuotaBudget): QuotaForecast {
  const { year, month, day: today } = hongKongParts(now);
  const daysGone = (now.getTime() - momentAt(localDate(year, month, 1)).getTime()) / DAY_MS;
  const daysLeft = (momentAt(localDate(year, month + 1, 1)).getTime() - now.getTime()) / DAY_MS;
  // A first hour of use says little about a day: the average is over one day at least.
  const averageOver = Math.min(AVERAGE_DAYS, Math.max(1, daysGone));
  const recent = (count: (day: NonNullable<QuotaCounterRecord['byDay'][string]>) => number): number => {
    let sum = 0;
    for (let day = Math.max(1, today - AVERAGE_DAYS + 1); day <= today; day += 1) {
      sum += count(record?.byDay?.[String(day).padStart(2, '0')] ?? {});
    }
    return sum;
  };
  const outlook = (meter: QuotaMeter): QuotaOutlook => {
    const used = record?.[meter] ?? 0;
    const expected = Math.round(used + (recent((day) => day[meter] ?? 0) / averageOver) * daysLeft);
    return { used, expected, budget: budget[meter], runsOut: expected > budget[meter] };
  };
  const byPeoplePerDay = recent((day) => (day.calls ?? 0) - (day.bulkCalls ?? 0)) / averageOver;
  const calls = outlook('calls');
  return {
    month: quotaDayOf(now).month,
    calls,
    messages: outlook('messages'),
    bulkHeldBack: calls.used + byPeoplePerDay * daysLeft >= budget.calls,
  };
}

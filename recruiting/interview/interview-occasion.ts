/** The occasion of everything that belongs to one appointment as it stands: `interview:int_42:v3`. */
export function interviewOccasion(interview: { _id: string; version: number }): string {
  return `interview:${interview._id}:v${interview.version}`;
}

/** Reads an occasion back; undefined for other occasions. */
export function parseInterviewOccasion(occasion: string): { interviewId: string; version: number } | undefined {
  const match = /^interview:([^:]+):v(\d+)(?::|$)/.exec(occasion);
  return match?.[1] ? { interviewId: match[1], version: Number(match[2]) } : undefined;
}

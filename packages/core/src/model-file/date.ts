/** Dates of ISO 8601 in the forms that are in use: 2026-01-31, 2026-01-31T12:00:00Z, 2026-01-31T12:00:00.123+02:00. */

const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/** Is the text a day that there is, perhaps with a time and its offset from UTC? */
export function isDate(text: string): boolean {
  const [, year, month, day] = FORM.exec(text) ?? [];
  if (year === undefined) return false;
  // The 30th of February would be the 1st or 2nd of March.
  return new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
}

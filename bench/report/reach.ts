/** What each piece of work is to reach. Ratios are Muster's rate through the reference's, or of p50 for work in a row. */
export type Reach = { rate?: number; p50?: number }

export const REACH: Record<string, Reach> = {
  'provision a user ×16': { rate: 0.6 },
  'read a user ×16': { rate: 0.6 },
  'look a user up ×16': { rate: 0.6 },
  'replace a user (PUT) ×16': { rate: 0.6 },
  'PATCH active ×16': { rate: 0.6 },
  'add to one group ×16': { rate: 0.5 },
  'add 256 to one group ×16': { rate: 0.5 },
  ...Object.fromEntries(
    [10, 1_000, 10_000, 100_000].flatMap((size) => [
      [`add one of ${size} ×1`, { p50: 2 }],
      [`remove one of ${size} ×1`, { p50: 2 }],
    ]),
  ),
}

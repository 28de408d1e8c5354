import type { ApproveSearch } from '#lib/http/oauth/approve-view'

export type ApproveParams = Promise<{ requestId: string }>
export type ApproveSearchParams = Promise<Record<string, string | string[] | undefined>>

const NAMES = ['teamId', 'newTeam', 'serviceUserName', 'connection', 'check', 'choose'] as const

/** The form's values as a rejected one brought them back, or as the team was chosen. */
export async function readApproveSearch(params: ApproveSearchParams): Promise<ApproveSearch> {
  const given = await params
  const search: ApproveSearch = {}
  for (const name of NAMES) {
    const value = given[name]
    if (typeof value === 'string') search[name] = value.slice(0, 100)
  }
  return search
}

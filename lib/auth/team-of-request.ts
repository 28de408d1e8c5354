import { memberOfRequest } from './member-of-request.ts'
import { type Access, allows } from './signed-in.ts'
import { accessList, type TeamRef } from './team-access.ts'

/** The team of a route handler's request, for who may use it as `needs` asks; undefined for everyone else. */
export async function teamOfRequest(
  request: Request,
  slug: string,
  needs: Access,
): Promise<TeamRef | undefined> {
  const member = await memberOfRequest(request)
  const found = member && (await accessList(member, slug)).teams[0]
  return found && allows(found.access, needs) ? found.team : undefined
}

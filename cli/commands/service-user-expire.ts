import { type ExpirableKind, expireServiceUser } from '#lib/connections/expire-service-user'
import { prisma } from '#lib/db/prisma-client'
import { DomainError } from '#lib/platform/domain-error'
import { command, UsageError } from '../command.ts'
import { findTeam, OPERATOR, TEAM } from '../find-team.ts'

const KINDS: ExpirableKind[] = ['access', 'refresh', 'static']

export const serviceUserExpire = command({
  summary: 'Ends the tokens of a service user now',
  options: {
    team: TEAM,
    name: { type: 'string', value: 'NAME', help: 'which service user', required: true },
    kind: {
      type: 'string',
      value: 'KIND',
      help: `only tokens of this kind: ${KINDS.join(', ')}; may be repeated`,
      multiple: true,
    },
  },
  notes:
    'With --kind access the client refreshes at its next request; without --kind it must be authorized again.',
  async run({ team, name, kind }) {
    const kinds = kind.map((each) => {
      const known = KINDS.find((one) => one === each)
      if (!known) throw new UsageError(`--kind is one of ${KINDS.join(', ')}.`)
      return known
    })
    const { id: teamId, slug } = await findTeam(team)
    const found = await prisma().serviceUser.findFirst({
      where: { teamId, name: name.trim().toLowerCase(), deletedAt: null },
    })
    if (!found) throw new DomainError('not_found', `There is no service user "${name}" in ${slug}.`)
    const ended = await expireServiceUser({
      teamId,
      serviceUserId: found.id,
      kinds: kinds.length ? kinds : undefined,
      actor: OPERATOR,
    })
    return {
      json: { team: slug, name: found.name, expiredTokens: ended },
      text: ended === 1 ? 'Ended 1 token.' : `Ended ${ended} tokens.`,
    }
  },
})

import { createMember, MEMBER_ROLES } from '#lib/auth/members/create-member'
import { command, UsageError } from '../command.ts'
import { findTeam, TEAM } from '../find-team.ts'
import { readStandardInput } from '../standard-input.ts'

export const memberCreate = command({
  summary: 'Lets a person sign in with a password, with a role in a team',
  options: {
    team: TEAM,
    email: { type: 'string', value: 'EMAIL', help: 'whom', required: true },
    role: { type: 'string', value: 'ROLE', help: `one of ${MEMBER_ROLES.join(', ')}`, required: true },
    name: { type: 'string', value: 'NAME', help: 'as people read it; without it, the email' },
    'password-stdin': {
      type: 'boolean',
      help: 'read the password from standard input, where no list of processes shows it',
    },
  },
  notes:
    'Who signs in already keeps their password and gets the role in addition; the password given is then not used.',
  async run({ team, email, role, name, 'password-stdin': passwordStdin }) {
    if (!passwordStdin)
      throw new UsageError('--password-stdin is missing: the password comes on standard input.')
    if (!(MEMBER_ROLES as readonly string[]).includes(role))
      throw new UsageError(`--role is one of ${MEMBER_ROLES.join(', ')}.`)
    const { slug } = await findTeam(team)
    const password = (await readStandardInput()).replace(/\r?\n$/, '')
    const { memberId, created } = await createMember({ teamSlug: slug, email, role, password, name })
    return {
      json: { memberId, email: email.trim(), team: slug, role, created },
      text: created
        ? `${email.trim()} can sign in, as ${role} of ${slug}.`
        : `${email.trim()} signs in as before, and now is ${role} of ${slug}.`,
    }
  },
})

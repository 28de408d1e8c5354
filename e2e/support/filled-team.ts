import type { RunningMuster } from './server.ts'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** First name, last name, title, department: among them long names, and letters beyond ASCII. */
const PEOPLE = `
Amara Okafor, Head of Platform, Platform
Bruno Castellani, Site Reliability Engineer, Platform
Chloé Dubois, Site Reliability Engineer, Platform
Daniel Weiss, Platform Engineer, Platform
Esra Yılmaz, Platform Engineer, Platform
Farid Haddad, Database Administrator, Platform
Grace Lindqvist, Network Engineer, Platform
Hiro Tanaka, Release Engineer, Platform
Imani Njoroge, Head of Security, Security
Jonas Berg, Security Engineer, Security
Katarzyna Nowak, Security Analyst, Security
Leo Marchetti, Incident Responder, Security
Mei-Ling Zhou, Security Engineer, Security
Nadia Rahman, VP Engineering, Engineering
Oskar Nyström, Staff Engineer, Engineering
Priya Raghavan, Senior Engineer, Engineering
Quentin Moreau, Software Engineer, Engineering
Rosa Jiménez, Software Engineer, Engineering
Samuel O’Connor, Software Engineer, Engineering
Tereza Dvořáková, Software Engineer, Engineering
Umar Siddiqui, Software Engineer, Engineering
Valentina Rossi, Engineering Manager, Engineering
William Wolfeschlegelsteinhausenbergerdorff-Achterberg, Software Engineer, Engineering
Xavier Fontaine, Data Engineer, Data
Yuki Matsumoto, Data Scientist, Data
Zofia Kowalska, Data Engineer, Data
Aaron Blake, Analytics Engineer, Data
Beatriz Almeida, CFO, Finance
Cedric Vogel, Controller, Finance
Dalia Mansour, Accountant, Finance
Elias Holm, Payroll Specialist, Finance
Fiona MacLeod, Internal Auditor, Finance
Gabriel Santos, Head of Support, Support
Hannah Schmidt, Support Engineer, Support
Ivan Petrov, Support Engineer, Support
Jasmine Lee, Support Engineer, Support
Kofi Mensah, Support Engineer, Support
Lucía Fernández, Head of People, People
Mateusz Zieliński, Recruiter, People
Nora Eriksen, IT Administrator, People
`
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', title = '', department = ''] = line.split(', ')
    const [givenName = '', familyName = ''] = name.split(' ')
    return { givenName, familyName, title, department }
  })

export type Scim = (method: string, path: string, body?: object) => Promise<{ status: number; json: any }>

export type FilledTeam = {
  slug: string
  owner: { email: string; password: string }
  reviewer: { email: string; password: string }
  scim: Scim
  users: Map<string, string>
  groups: Map<string, string>
}

/** A SCIM client that says what Okta's says, over real HTTP. */
export function scimClient(base: string, token: string): Scim {
  return async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'user-agent': 'Okta SCIM Client 1.0.0',
        accept: 'application/scim+json',
        ...(body && { 'content-type': 'application/scim+json; charset=utf-8' }),
      },
      body: body && JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, json: text ? JSON.parse(text) : undefined }
  }
}

export const patch = (...Operations: object[]) => ({ schemas: [PATCH_OP], Operations })
export const userBody = (userName: string, more: object = {}) => ({
  schemas: [`${CORE}:User`],
  userName,
  active: true,
  ...more,
})
export const groupBody = (displayName: string, members: object[] = []) => ({
  schemas: [`${CORE}:Group`],
  displayName,
  members,
})

/**
 * A team as it looks after some weeks with Okta: forty people and nine groups that were pushed, renamed, filled and
 * emptied, members that Okta named and never sent, a push that fails, a revoked service user that still knocks.
 */
export async function fillTeam(muster: RunningMuster, slug = 'acme'): Promise<FilledTeam> {
  const run = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await muster.command([...args, '--json'], stdin)
    if (code !== 0) throw new Error(`muster ${args.join(' ')}: ${stderr}`)
    return JSON.parse(stdout)
  }
  const password = 'correct horse battery staple'
  const owner = { email: `dana@${slug}.example`, password }
  const reviewer = { email: `rory@${slug}.example`, password }
  await run(['team', 'create', '--name', 'Acme', '--slug', slug])
  const member = (email: string, name: string, role: string) =>
    run(
      [
        'member',
        'create',
        '--team',
        slug,
        '--email',
        email,
        '--name',
        name,
        '--role',
        role,
        '--password-stdin',
      ],
      password,
    )
  await member(owner.email, 'Dana Ruiz', 'owner')
  await member(reviewer.email, 'Rory Lane', 'reviewer')
  const { scimBaseUrl, token } = await run([
    'service-user',
    'create',
    '--team',
    slug,
    '--name',
    'okta-provisioning',
  ])
  const old = await run(['service-user', 'create', '--team', slug, '--name', 'legacy-hr-import'])
  const scim = scimClient(scimBaseUrl, token)

  const users = new Map<string, string>()
  for (const [at, person] of PEOPLE.entries()) {
    const name = `${person.givenName} ${person.familyName}`
    const { json } = await scim('POST', '/Users', oktaUser(person, at))
    users.set(name, json.id)
  }
  const member_ = (name: string) => ({ value: users.get(name), display: name })
  const ofDepartment = (department: string) =>
    PEOPLE.filter((person) => person.department === department).map((person) =>
      member_(`${person.givenName} ${person.familyName}`),
    )

  const groups = new Map<string, string>()
  const push = async (name: string, members: object[]) => {
    const { json } = await scim('POST', '/Groups', groupBody(name))
    groups.set(name, json.id)
    await scim('PATCH', `/Groups/${json.id}`, patch({ op: 'add', path: 'members', value: members }))
  }
  for (const department of ['Platform', 'Security', 'Data', 'Finance', 'Support'])
    await push(department, ofDepartment(department))
  await push('Eng', ofDepartment('Engineering'))
  await push('Ops Admins', ['Amara Okafor', 'Daniel Weiss', 'Imani Njoroge', 'Nora Eriksen'].map(member_))
  await push('Auditors', [
    ...['Fiona MacLeod', 'Cedric Vogel', 'Katarzyna Nowak'].map(member_),
    { value: '00u7unassigned1', display: 'temp.contractor@acme.example' },
    { value: '00u7unassigned2', display: 'board.member@acme.example' },
  ])
  await push(
    'Contractors, external partners and everyone else who needs temporary access (EMEA)',
    ofDepartment('People'),
  )

  const eng = `/Groups/${groups.get('Eng')}`
  await scim('PATCH', eng, patch({ op: 'replace', value: { displayName: 'Engineering' } }))
  await scim('PATCH', eng, patch({ op: 'remove', path: `members[value eq "${users.get('Umar Siddiqui')}"]` }))
  await scim(
    'PATCH',
    `/Users/${users.get('Umar Siddiqui')}`,
    patch({ op: 'replace', value: { active: false } }),
  )
  await scim(
    'PATCH',
    `/Users/${users.get('Aaron Blake')}`,
    patch({ op: 'replace', value: { active: false } }),
  )
  await scim('PATCH', `/Users/${users.get('Aaron Blake')}`, patch({ op: 'replace', value: { active: true } }))
  await scim(
    'PATCH',
    `/Users/${users.get('Priya Raghavan')}`,
    patch({
      op: 'replace',
      value: { title: 'Principal Engineer', [ENTERPRISE]: { department: 'Architecture' } },
    }),
  )

  // What goes wrong: a name that is taken (again and again, as Okta retries), a person who exists, bodies that no schema knows.
  for (let again = 0; again < 4; again++)
    await scim(
      'PATCH',
      `/Groups/${groups.get('Finance')}`,
      patch({ op: 'replace', value: { displayName: 'Auditors' } }),
    )
  await scim('POST', '/Users', oktaUser(PEOPLE[0] as (typeof PEOPLE)[0], 0))
  await scim('POST', '/Users', userBody('', { displayName: 'No Name' }))
  await scim(
    'PATCH',
    `/Users/${users.get('Leo Marchetti')}`,
    patch({ op: 'replace', path: 'nickNames[', value: 'x' }),
  )
  await scim('GET', '/Users?filter=userName%20like%20%22ana%22')
  await scim('GET', '/Groups/00000000-0000-7000-8000-000000000000')
  await run(['service-user', 'expire', '--team', slug, '--name', 'legacy-hr-import'])
  const stale = scimClient(scimBaseUrl, old.token)
  for (let again = 0; again < 3; again++) await stale('GET', '/Users?startIndex=1&count=100')
  return { slug, owner, reviewer, scim, users, groups }
}

function oktaUser(person: (typeof PEOPLE)[0], at: number) {
  const { givenName, familyName, title, department } = person
  const login = `${givenName}.${familyName}@acme.example`.toLowerCase()
  return {
    schemas: [`${CORE}:User`, ENTERPRISE],
    userName: login,
    name: { givenName, familyName },
    displayName: `${givenName} ${familyName}`,
    title,
    emails: [{ primary: true, value: login, type: 'work' }],
    phoneNumbers: at % 3 === 0 ? [{ value: `+49 30 555 ${1000 + at}`, type: 'mobile' }] : [],
    locale: 'en-US',
    timezone: 'Europe/Berlin',
    externalId: `00u${(at + 101).toString(36).padStart(17, 'k7q')}`,
    groups: [],
    password: 'placeholder',
    active: true,
    [ENTERPRISE]: { department, employeeNumber: String(70_010 + at), costCenter: `CC-${100 + (at % 7)}` },
  }
}

import { seededId } from './org/ids.ts'
import type { Group, OrgState, Person } from './org/state.ts'

const CREATED = '2026-01-05T09:00:00.000Z'
const DOMAIN = 'acme-sandbox.example'

/** First name, last name, title, department. */
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
William Achterberg, Software Engineer, Engineering
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

/** Name, description, and who belongs: a department, or people by their last names. */
const GROUPS: { name: string; description: string; department?: string; lastNames?: string[] }[] = [
  { name: 'Platform', description: 'Runs the servers', department: 'Platform' },
  { name: 'Security', description: 'Security engineering and response', department: 'Security' },
  { name: 'Engineering', description: 'Product engineering', department: 'Engineering' },
  { name: 'Data', description: 'Data engineering and science', department: 'Data' },
  { name: 'Finance', description: 'Finance and audit', department: 'Finance' },
  { name: 'Support', description: 'Customer support', department: 'Support' },
  {
    name: 'Ops Admins',
    description: 'May administer access',
    lastNames: ['Okafor', 'Weiss', 'Njoroge', 'Eriksen'],
  },
  { name: 'Auditors', description: 'May read everything', lastNames: ['MacLeod', 'Vogel', 'Nowak'] },
]

/** The same forty people and eight groups every time, ids included. */
export function seedSmall(state: OrgState): void {
  state.name = 'acme-sandbox'
  const people = PEOPLE.trim().split('\n').map(person)
  state.people.push(...people)
  for (const { name, description, department, lastNames } of GROUPS) {
    const members = people.filter(
      (p) => p.profile.department === department || lastNames?.includes(p.profile.lastName),
    )
    const group: Group = {
      id: seededId('00g', name),
      name,
      description,
      members: members.map((member) => member.id),
      created: CREATED,
    }
    state.groups.push(group)
  }
}

function person(line: string): Person {
  const [name = '', title = '', department = ''] = line.split(', ')
  const firstName = name.slice(0, name.indexOf(' '))
  const lastName = name.slice(name.indexOf(' ') + 1)
  const login = `${ascii(firstName)}.${ascii(lastName)}@${DOMAIN}`
  return {
    id: seededId('00u', login),
    status: 'ACTIVE',
    created: CREATED,
    profile: { login, email: login, firstName, lastName, displayName: '', title, department },
  }
}

function ascii(name: string): string {
  return name
    .replace(/ı/g, 'i')
    .replace(/[łŁ]/g, 'l')
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase()
}

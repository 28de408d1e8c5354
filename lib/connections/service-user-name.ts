const RESERVED = new Set(
  'admin administrator everyone muster nobody null okta-admin operator owner owners root security self system undefined'.split(
    ' ',
  ),
)
const SERVICE_USER_NAME_RULE =
  '3 to 63 characters: a–z, 0–9 and -, beginning with a letter and ending with a letter or digit'

/** What is stored and compared: names are lower case, so that they are unique whatever case they are typed in. */
export function normalizeServiceUserName(input: string): string {
  return input.trim().toLowerCase()
}

/** Why a name may not be used, as a sentence for the person; undefined when it may. Uniqueness is the database's. */
export function serviceUserNameProblem(name: string): string | undefined {
  if (name === '') return 'Enter a name for the service user.'
  if (!/^[a-z](?:[a-z0-9-]{1,61})[a-z0-9]$/.test(name)) return `Use ${SERVICE_USER_NAME_RULE}.`
  if (RESERVED.has(name)) return `“${name}” is reserved. Choose another name.`
  return undefined
}

/** A valid name made from what was typed; the fallback when nothing of it can be kept. */
export function toServiceUserName(input: string, fallback = 'okta-provisioning'): string {
  const plain = input
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  const name = RESERVED.has(plain) ? `${plain}-provisioning` : plain
  return serviceUserNameProblem(name) ? fallback : name
}

/** The name itself, or with the first number that makes it free. `taken` holds names in use. */
export function freeServiceUserName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const stem = name.replace(/-\d{1,4}$/, '').slice(0, 58)
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`
}

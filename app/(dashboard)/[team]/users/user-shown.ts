import type { RoleWithReasons } from '#components/role/reason-list'
import type { AttributeRow } from '#components/user/attribute-list'
import type { EffectiveRole } from '#lib/directory/roles/effective-roles'

/** Stored SCIM attributes as rows: extensions by their last part, lists and objects in words. */
export function attributeRows(attributes: Record<string, unknown>, prefix = ''): AttributeRow[] {
  return Object.entries(attributes).flatMap(([name, value]): AttributeRow[] => {
    const label = prefix + (name.startsWith('urn:') ? `${name.split(':').at(-2)}.` : name)
    if (Array.isArray(value))
      return value.map((element, at) => ({
        name: value.length > 1 ? `${label} ${at + 1}` : label,
        value: inWords(element),
      }))
    if (typeof value === 'object' && value !== null)
      return attributeRows(value as Record<string, unknown>, name.startsWith('urn:') ? '' : `${label}.`)
    return [{ name: label, value: String(value), mono: /id$/i.test(name) }]
  })
}

function inWords(element: unknown): string {
  if (typeof element !== 'object' || element === null) return String(element)
  const { value, display, type, primary, ...rest } = element as Record<string, unknown>
  const words = [
    display ?? value,
    display && value !== display ? value : undefined,
    type,
    primary === true ? 'primary' : undefined,
    ...Object.values(rest),
  ]
  return words.filter((word) => word !== undefined && typeof word !== 'object').join(' · ')
}

export function roleRows(slug: string, roles: readonly EffectiveRole[]): RoleWithReasons[] {
  return roles.map((role) => ({
    id: role.id,
    name: role.name,
    href: `/${slug}/roles/${role.id}`,
    permits: role.description,
    through: [
      ...role.through.map((group) => ({ name: group.name, href: `/${slug}/groups/${group.id}` })),
      ...(role.assigned ? [{ name: 'assignment in Okta', href: `/${slug}/roles/${role.id}` }] : []),
    ],
  }))
}

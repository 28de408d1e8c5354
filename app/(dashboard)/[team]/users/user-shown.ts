import type { RoleWithReasons } from '#components/role/reason-list'
import type { AttributeGroup, AttributeRow } from '#components/user/attribute-list'
import type { EffectiveRole } from '#lib/directory/roles/effective-roles'
import type { Attribute, ResourceDefinition } from '#lib/scim/schema/resource-definition'

type Attributes = Record<string, unknown>

/**
 * Stored SCIM attributes, by the schema that defines them, in the schema's own order. What a schema says is never
 * returned is not shown either.
 */
export function attributeGroups(attributes: Attributes, definition: ResourceDefinition): AttributeGroup[] {
  const core = {
    title: 'Core',
    urn: definition.schema.id,
    attributes: rowsOf(attributes, definition.attributes),
  }
  const extensions = [...definition.extensions.values()].map(({ schema, attributes: known }) => ({
    title: schema.name,
    urn: schema.id,
    attributes: rowsOf(objectAt(attributes, schema.id), known),
  }))
  return [core, ...extensions].filter((group) => group.attributes.length > 0)
}

function rowsOf(values: Attributes, known: ReadonlyMap<string, Attribute>): AttributeRow[] {
  return [...known.values()].flatMap((attribute) =>
    attribute.returned === 'never' ? [] : rowsOfValue(attribute.name, values[attribute.name], attribute),
  )
}

function rowsOfValue(name: string, value: unknown, attribute: Attribute): AttributeRow[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value))
    return value.map((element, at) => ({
      name: value.length > 1 ? `${name} ${at + 1}` : name,
      value: inWords(element, attribute),
    }))
  if (typeof value === 'object')
    return rowsOf(value as Attributes, attribute.sub).map((row) => ({ ...row, name: `${name}.${row.name}` }))
  return [{ name, value: String(value), mono: /id$/i.test(name) }]
}

/** One value of a list: what it is first, then what kind of it. */
function inWords(element: unknown, { sub }: Attribute): string {
  if (typeof element !== 'object' || element === null) return String(element)
  const shown = Object.entries(element as Attributes).filter(
    ([name]) => name !== '$ref' && sub.get(name.toLowerCase())?.returned !== 'never',
  )
  const { value, display, type, primary, ...rest } = Object.fromEntries(shown)
  const words = [
    display ?? value,
    display && value !== display ? value : undefined,
    type,
    primary === true ? 'primary' : undefined,
    ...Object.values(rest),
  ]
  return words.filter((word) => word !== undefined && typeof word !== 'object').join(' · ')
}

function objectAt(attributes: Attributes, urn: string): Attributes {
  const found = attributes[urn]
  return typeof found === 'object' && found !== null ? (found as Attributes) : {}
}

export function roleRows(slug: string, roles: readonly EffectiveRole[]): RoleWithReasons[] {
  return roles.map((role) => ({
    id: role.id,
    name: role.name,
    href: `/${slug}/roles/${role.id}`,
    permits: role.description,
    through: role.through.map((group) => ({ name: group.name, href: `/${slug}/groups/${group.id}` })),
    assigned: role.assigned,
  }))
}

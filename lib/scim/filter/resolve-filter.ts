import { addNote, type Note } from '../note.ts'
import { type AttributePath, findAttribute, findSub, printPath } from '../schema/find-attribute.ts'
import type { Attribute, ResourceDefinition } from '../schema/resource-definition.ts'
import { ScimError, type ScimType } from '../scim-error.ts'
import type { Filter } from './ast.ts'
import { prepareLiteral } from './prepare-literal.ts'
import type { ResolvedFilter } from './resolved-filter.ts'

export type Resolution = { readonly filter: ResolvedFilter; readonly notes: readonly Note[] }

/**
 * Binds the attribute paths of a filter to definitions. An attribute that the resource does not have counts as
 * one without a value (RFC 7644 §3.4.2.1) and is noted. A complex attribute without a sub-attribute stands for its
 * `value`. Throws ScimError 400 `invalidFilter` for a comparison that the attribute's type does not allow.
 */
export function resolveFilter(filter: Filter, definition: ResourceDefinition): Resolution {
  const notes: Note[] = []
  const find = (path: AttributePath): Attribute | undefined => {
    const found = findAttribute(definition, path)
    if (found.kind === 'attribute' && isFilterable(found.attribute)) return found.attribute
    addNote(
      notes,
      printPath(path),
      `The filter names an attribute that ${definition.name} resources cannot be searched by; it counts as absent.`,
    )
    return undefined
  }
  return { filter: resolve(filter, find, notes, 'invalidFilter'), notes }
}

/** Resolves the filter inside `attribute[…]`; also used for PATCH paths. */
export function resolveValueFilter(
  filter: Filter,
  attribute: Attribute,
  notes: Note[],
  scimType: ScimType,
): ResolvedFilter {
  const find = (path: AttributePath): Attribute | undefined => {
    const found = path.uri === undefined && path.sub === undefined ? findSub(attribute, path.name) : undefined
    if (!found)
      addNote(notes, printPath(path), `${attribute.path} has no such sub-attribute; it counts as absent.`)
    return found
  }
  return resolve(filter, find, notes, scimType)
}

type Find = (path: AttributePath) => Attribute | undefined

function resolve(filter: Filter, find: Find, notes: Note[], scimType: ScimType): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return {
        kind: filter.kind,
        operands: filter.operands.map((operand) => resolve(operand, find, notes, scimType)),
      }
    case 'not':
      return { kind: 'not', operand: resolve(filter.operand, find, notes, scimType) }
    case 'present': {
      const attribute = find(filter.path)
      return attribute ? { kind: 'present', attribute } : { kind: 'constant', value: false }
    }
    case 'values': {
      const attribute = find(filter.path)
      if (!attribute) return { kind: 'constant', value: false }
      return {
        kind: 'values',
        attribute,
        filter: resolveValueFilter(filter.filter, attribute, notes, scimType),
      }
    }
    case 'compare': {
      const named = find(filter.path)
      const { operator, value } = filter
      if (!named)
        return {
          kind: 'constant',
          value: operator === 'ne' ? value !== null : operator === 'eq' && value === null,
        }
      if (value === null && (operator === 'eq' || operator === 'ne')) {
        const present: ResolvedFilter = { kind: 'compare', attribute: named, operator, value }
        return present
      }
      const attribute = named.type === 'complex' ? findSub(named, 'value') : named
      if (!attribute) {
        const subs = [...named.sub.values()].map((sub) => sub.name).join(', ')
        throw new ScimError(
          400,
          scimType,
          `${named.path} is complex: compare one of its sub-attributes (${subs}).`,
        )
      }
      return {
        kind: 'compare',
        attribute,
        operator,
        value: prepareLiteral(attribute, operator, value, scimType),
      }
    }
  }
}

function isFilterable(attribute: Attribute): boolean {
  if (attribute.returned === 'never' || attribute.filterable === false) return false
  return attribute.parent === undefined || isFilterable(attribute.parent)
}

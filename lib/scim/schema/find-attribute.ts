import type { Attribute, Extension, ResourceDefinition } from './resource-definition.ts'

/** An attribute path as a client writes it (RFC 7644 §3.10), split but not looked up. */
export type AttributePath = {
  /** Schema URN in front of the name, without the last colon. */
  readonly uri?: string
  readonly name: string
  readonly sub?: string
}

export type Found =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  /** The path is the URN of an extension: all of its attributes. */
  | { readonly kind: 'extension'; readonly extension: Extension }
  /** `schema` says whether the URN (if any) is a known one. */
  | { readonly kind: 'unknown'; readonly schema: boolean }

/** Looks a path up without regard to case. The sub-attribute `value` of a simple attribute is the attribute. */
export function findAttribute(definition: ResourceDefinition, path: AttributePath): Found {
  let attributes = definition.attributes
  if (path.uri !== undefined) {
    const whole = definition.extensions.get(printPath(path).toLowerCase())
    if (whole) return { kind: 'extension', extension: whole }
    const uri = path.uri.toLowerCase()
    const extension = definition.extensions.get(uri)
    if (extension) attributes = extension.attributes
    else if (uri !== definition.schema.id.toLowerCase()) return { kind: 'unknown', schema: false }
  }
  const attribute = attributes.get(path.name.toLowerCase())
  if (!attribute) return { kind: 'unknown', schema: true }
  if (path.sub === undefined) return { kind: 'attribute', attribute }
  const sub = findSub(attribute, path.sub)
  return sub ? { kind: 'attribute', attribute: sub } : { kind: 'unknown', schema: true }
}

/** A sub-attribute by name; of a simple attribute, `value` is the attribute itself (RFC 7643 §2.4). */
export function findSub(attribute: Attribute, name: string): Attribute | undefined {
  const lower = name.toLowerCase()
  if (attribute.type !== 'complex') return lower === 'value' ? attribute : undefined
  return attribute.sub.get(lower)
}

export function printPath(path: AttributePath): string {
  const name = path.sub === undefined ? path.name : `${path.name}.${path.sub}`
  return path.uri === undefined ? name : `${path.uri}:${name}`
}

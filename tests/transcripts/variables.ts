export type Variables = Map<string, unknown>

/**
 * Fills `{{name}}` in every string of a JSON value, inside out, so that `{{user{{n}}}}` works; a string that is nothing but
 * one variable becomes its value, whatever that is. `{"$each": 3, "value": …}` becomes a list of three, with `{{i}}`
 * counting from 0, or from the first of its `$page` when that is named. Throws for a variable that no step has kept.
 */
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables)
  if (Array.isArray(value)) return value.map((one) => fill(one, variables))
  if (typeof value !== 'object' || value === null) return value
  if ('$each' in value) {
    const { $each, $page = '0', value: each } = value as { $each: number; $page?: string; value: unknown }
    const first = Number(fillText($page, variables)) * $each
    return Array.from({ length: $each }, (_, i) => fill(each, new Map(variables).set('i', String(first + i))))
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [String(fillText(key, variables)), fill(one, variables)]),
  )
}

const INNERMOST = /\{\{([\w-]+)\}\}/

function fillText(text: string, variables: Variables): unknown {
  let filled = text
  for (let match = INNERMOST.exec(filled); match; match = INNERMOST.exec(filled)) {
    const [placeholder, name] = match as unknown as [string, string]
    if (!variables.has(name)) throw new Error(`${text}: no step has kept “${name}”`)
    const value = variables.get(name)
    if (filled === placeholder) return value
    filled = filled.replace(placeholder, () => String(value))
  }
  return filled
}

/** One step of a test suite of Okta's, as Okta publishes it (an export of Runscope's). */
export type OktaStep = {
  step_type: string
  note?: string
  method?: string
  url?: string
  headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body stands in one or the other. */
  data?: string
  body?: string
  assertions?: readonly Assertion[]
  variables?: readonly { name: string | null; property: string; source: string }[]
}

export type Assertion = { comparison: string; source: string; property?: string; value: unknown }

/** What the texts of a suite are filled with. */
export type Variables = Record<string, string>

/** `{{name}}` replaced; an unknown name stays, and the step then fails by it. */
export function fill(text: string, variables: Readonly<Variables>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => variables[name] ?? whole)
}

/** The value at `a.b[0].c` in a JSON document. */
export function valueAt(document: unknown, property: string): unknown {
  return property
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], document)
}

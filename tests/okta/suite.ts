import { readFileSync } from 'node:fs'
import path from 'node:path'

/** One step of Okta's own test suites, as Okta publishes them. */
export type Step = {
  step_type: string
  note: string
  method: string
  url: string
  headers: Record<string, string[]>
  data: string
  assertions: { comparison: string; source: string; property?: string; value: unknown }[]
  variables: { name: string; property: string; source: string }[]
}

export function readSuite(name: string): Step[] {
  const file = path.join(import.meta.dirname, `${name}.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { steps: Step[] }).steps.filter(
    (step) => step.step_type === 'request',
  )
}

/** `{{name}}` replaced; an unknown name stays, and the step then fails by it. */
export function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => variables[name] ?? whole)
}

/** The value at `a.b[0].c` in a JSON document. */
export function valueAt(document: unknown, property: string): unknown {
  return property
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
}

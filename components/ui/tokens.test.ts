import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

type Theme = 'light' | 'dark'

function token(name: string, theme: Theme): string {
  const pair = css.match(new RegExp(`--color-${name}: (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}))`))
  const value = pair?.[3] ?? (theme === 'light' ? pair?.[1] : pair?.[2])
  if (!value) throw new Error(`no token --color-${name}`)
  return value
}

/** WCAG 2.2 relative luminance of "#rrggbb". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const papers = ['canvas', 'surface', 'sunken', 'hover']
const statuses = ['success', 'warning', 'danger', 'info']
const textPairs: [text: string, paper: string][] = [
  ...papers.flatMap((paper) =>
    ['fg', 'fg-muted', 'fg-subtle', 'accent'].map((text) => [text, paper] as [string, string]),
  ),
  ...statuses.flatMap((status) =>
    [`${status}-soft`, 'surface', 'canvas', 'hover'].map((paper) => [status, paper] as [string, string]),
  ),
  ...statuses.flatMap((status) =>
    ['fg', 'fg-muted'].map((text) => [text, `${status}-soft`] as [string, string]),
  ),
  ['accent', 'accent-soft'],
  ['fg-muted', 'pressed'],
  ['on-accent', 'accent-solid'],
  ['on-accent', 'accent-solid-hover'],
  ['on-accent', 'danger-solid'],
  ['on-accent', 'danger-solid-hover'],
  ['on-ink', 'ink'],
]
const shapePairs = [
  ['line-control', 'surface'],
  ['line-control', 'canvas'],
  ['focus', 'surface'],
  ['focus', 'sunken'],
  ['focus', 'canvas'],
  ['accent-solid', 'surface'],
] as const

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  it.each(textPairs)('%s on %s can be read (4.5:1)', (text, paper) => {
    expect(contrast(token(text, theme), token(paper, theme))).toBeGreaterThanOrEqual(4.5)
  })
  it.each(shapePairs)('%s on %s can be seen (3:1)', (shape, paper) => {
    expect(contrast(token(shape, theme), token(paper, theme))).toBeGreaterThanOrEqual(3)
  })
})

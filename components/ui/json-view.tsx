import { cn } from './cn.tsx'
import { CopyButton } from './copy-button.tsx'

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g

/** Text that is JSON, indented; anything else as it came. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function paint(text: string) {
  const parts: { text: string; look?: string; at: number }[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match
    const start = match.index
    if (start > end) parts.push({ text: text.slice(end, start), at: end })
    const word = string ?? whole
    const look = colon ? 'text-fg' : string ? 'text-success' : 'text-info'
    parts.push({ text: word, look, at: start })
    if (colon) parts.push({ text: colon, at: start + word.length })
    end = start + whole.length
  }
  parts.push({ text: text.slice(end), at: end })
  return parts
}

/** JSON in a `<pre>`, with Copy. `note` says what is missing: "First 64 KB of 212 KB". */
export function JsonView({
  label,
  text,
  note,
  className,
}: {
  label: string
  text: string
  note?: string
  className?: string
}) {
  const pretty = prettyJson(text)
  return (
    <div data-slot="json-view" className={cn('overflow-hidden rounded-lg border bg-sunken', className)}>
      <div className="flex min-h-9 items-center justify-between gap-2 border-b pr-1 pl-3">
        <span className="text-fg-muted text-xs">
          {label}
          {note && <span className="text-warning"> · {note}</span>}
        </span>
        <CopyButton value={pretty} what={label} iconOnly />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-120 overflow-auto p-3 focus-visible:-outline-offset-2"
      >
        <pre className="w-max min-w-full font-mono text-fg-muted text-xs leading-5">
          {paint(pretty).map((part) => (
            <span key={part.at} className={part.look}>
              {part.text}
            </span>
          ))}
        </pre>
      </section>
    </div>
  )
}

/** "Engineering, Ops +3": the first names and how many more, all of them on hover. */
export function MoreWords({
  words,
  total = words.length,
  show = 2,
  none = '–',
}: {
  words: readonly string[]
  total?: number
  show?: number
  none?: string
}) {
  if (total === 0) return <span className="text-fg-subtle">{none}</span>
  const shown = words.slice(0, show)
  const more = total - shown.length
  return (
    <span title={words.join(', ')}>
      {shown.join(', ')}
      {more > 0 && <span className="text-fg-subtle"> +{more.toLocaleString('en')}</span>}
    </span>
  )
}

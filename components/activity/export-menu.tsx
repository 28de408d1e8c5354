import { Download } from 'lucide-react'
import { buttonVariants } from '#components/ui/button'
import { type SearchState, searchHref } from '#components/ui/search-href'

/** The current filter's entries as a file. Two plain links: the browser downloads, scripts or not. */
export function ExportMenu({ path, state, most }: { path: string; state: SearchState; most: number }) {
  const title = `What these filters show, up to ${most.toLocaleString('en')} entries`
  return (
    <div className="flex items-center">
      {(['csv', 'json'] as const).map((format) => (
        <a
          key={format}
          download
          title={title}
          href={searchHref(path, state, { format })}
          className={buttonVariants({
            className: format === 'csv' ? 'rounded-r-none border-r-0' : 'rounded-l-none',
          })}
        >
          {format === 'csv' && <Download aria-hidden="true" />}
          <span className={format === 'json' ? 'sr-only' : undefined}>Export </span>
          {format.toUpperCase()}
        </a>
      ))}
    </div>
  )
}

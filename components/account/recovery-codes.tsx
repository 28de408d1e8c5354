import { CopyButton } from '#components/ui/copy-button'

/** Codes to keep: to copy, to print, to write down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="grid gap-3">
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-lg border bg-sunken px-4 py-3 font-mono text-sm min-[360px]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <CopyButton value={codes.join('\n')} what="recovery codes" label="Copy all" />
      </div>
    </div>
  )
}

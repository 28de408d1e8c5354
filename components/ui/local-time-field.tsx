'use client'

import { useState, useSyncExternalStore } from 'react'
import { TextField } from './field.tsx'

const never = () => () => {}
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * A date and time in the reader's own zone, which the label names. Posts `name` as typed, and `{name}Moment` as the
 * moment in ISO 8601; without scripts there is no moment, and the label says UTC.
 */
export function LocalTimeField({
  id,
  name,
  label,
  defaultValue,
}: {
  id: string
  name: string
  label: string
  /** ISO 8601 */
  defaultValue: string
}) {
  const zone = useSyncExternalStore(never, zoneHere, () => 'UTC')
  const [typed, setTyped] = useState<string>()
  const value = typed ?? (zone === 'UTC' ? defaultValue.slice(0, 16) : localOf(defaultValue))
  const moment = zone === 'UTC' ? Date.parse(`${value}Z`) : Date.parse(value)
  return (
    <>
      <TextField
        id={id}
        name={name}
        type="datetime-local"
        label={`${label} (${zone.replaceAll('_', ' ')})`}
        value={value}
        onChange={(event) => setTyped(event.target.value)}
        className="max-w-72"
      />
      {!Number.isNaN(moment) && (
        <input type="hidden" name={`${name}Moment`} value={new Date(moment).toISOString()} />
      )}
    </>
  )
}

function localOf(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

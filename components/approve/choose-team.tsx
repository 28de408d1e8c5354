import { ArrowRight } from 'lucide-react'
import { TextField } from '#components/ui/field'
import { RadioGroup } from '#components/ui/radio-group'
import { SubmitButton } from '#components/ui/submit-button'
import type { ApproveTeam, FormTarget } from './approve-types.tsx'

/** Before the permissions: which team Okta connects to, or a new one. Two native forms. */
export function ChooseTeam({
  action,
  hidden = {},
  teams,
  newTeam,
}: {
  action: FormTarget
  hidden?: Record<string, string>
  teams: readonly ApproveTeam[]
  newTeam?: { value: string; error?: string }
}) {
  const method = typeof action === 'string' ? 'post' : undefined
  const carried = Object.entries(hidden).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
  const first = teams.find((team) => !team.reason)
  return (
    <div className="grid gap-6">
      {teams.length > 0 && (
        <form action={action} method={method} className="grid gap-4">
          {carried}
          <RadioGroup
            boxed
            name="teamId"
            legend="Your teams"
            defaultValue={first?.id}
            options={teams.map((team) => ({
              value: team.id,
              label: team.name,
              description: team.reason ?? `You are ${team.role} here`,
              disabled: Boolean(team.reason),
            }))}
          />
          {first && (
            <SubmitButton size="lg" pending="Going on…">
              Continue
            </SubmitButton>
          )}
        </form>
      )}
      <form
        action={action}
        method={method}
        className={`flex items-end gap-2 ${teams.length > 0 ? 'border-t pt-5' : ''}`}
      >
        {carried}
        <TextField
          id="new-team"
          name="newTeam"
          label="Add a team"
          placeholder="Acme"
          required
          maxLength={80}
          autoComplete="organization"
          defaultValue={newTeam?.value}
          error={newTeam?.error}
          className="flex-1 [&_input]:h-10"
        />
        <SubmitButton
          variant={teams.length > 0 ? 'secondary' : 'primary'}
          aria-label="Add this team and continue"
          className="size-10 px-0 pointer-coarse:size-10"
        >
          <ArrowRight aria-hidden="true" />
        </SubmitButton>
      </form>
    </div>
  )
}

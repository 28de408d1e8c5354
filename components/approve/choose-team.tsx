import { ArrowRight } from 'lucide-react'
import { TextField } from '#components/ui/field'
import { RadioGroup } from '#components/ui/radio-group'
import { SubmitButton } from '#components/ui/submit-button'
import type { ApproveTeam } from './approve-types.tsx'

/**
 * Before the permissions: which team the client connects to, or a new one. Two native forms that only look: nothing is
 * made before Approve.
 */
export function ChooseTeam({
  action,
  teams,
  mayAdd,
  newTeam,
}: {
  /** The page that shows the permissions. */
  action: string
  teams: readonly ApproveTeam[]
  /** Whether a team may be added here. */
  mayAdd: boolean
  newTeam?: { value: string; error?: string }
}) {
  const first = teams.find((team) => !team.reason)
  return (
    <div className="grid gap-6">
      {teams.length > 0 && (
        <form action={action} method="get" className="grid gap-4">
          <RadioGroup
            boxed
            name="teamId"
            legend="Your teams"
            defaultValue={first?.id}
            options={teams.map((team) => ({
              value: team.id,
              label: team.name,
              description: team.reason ?? `Your role: ${team.role}`,
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
      {mayAdd && (
        <form
          action={action}
          method="get"
          className={`flex items-end gap-2 ${teams.length > 0 ? 'border-t pt-5' : ''}`}
        >
          <TextField
            id="new-team"
            name="newTeam"
            label="Add a team"
            placeholder="Acme"
            required
            maxLength={60}
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
      )}
    </div>
  )
}

import { SelectField } from '#components/ui/field'
import { LocalTimeField } from '#components/ui/local-time-field'
import { RadioGroup } from '#components/ui/radio-group'

/** When something new ends. Posts `expires`. */
export function EndChoice({ what }: { what: string }) {
  return (
    <SelectField
      id="expires"
      name="expires"
      label={`The ${what} ends`}
      description="Muster warns on its pages before the last one runs out."
      defaultValue="never"
      className="max-w-72"
      options={[
        { value: 'never', label: 'Never, until it is rotated' },
        { value: '90', label: 'In 90 days' },
        { value: '180', label: 'In 180 days' },
        { value: '365', label: 'In a year' },
      ]}
    />
  )
}

/** When what is replaced ends. Posts `others` and, for a time of one's own, `othersAt`. `suggested`: ISO 8601. */
export function OverlapChoice({ legend, suggested }: { legend: string; suggested: string }) {
  return (
    <fieldset className="group/overlap grid gap-2">
      <RadioGroup
        boxed
        name="others"
        legend={legend}
        defaultValue="2"
        options={[
          {
            value: '2',
            label: 'In 2 days',
            description: 'Both work until then: change the client without a gap.',
          },
          {
            value: 'now',
            label: 'Now',
            description: 'The very next request with it is refused. For one that leaked.',
          },
          { value: 'at', label: 'At a time I choose', description: 'Within 90 days.' },
        ]}
      />
      <div className="hidden pl-1 group-has-[[value=at]:checked]/overlap:block">
        <LocalTimeField id="othersAt" name="othersAt" label="Ends at" defaultValue={suggested} />
      </div>
    </fieldset>
  )
}

import type { Rows } from '../filter-target.ts'

/**
 * The `effectiveRoles` of `directory_user u` as rows for filters: the same that effectiveRoles and directoryFacts say.
 * @param team placeholder of the team's id
 */
export function effectiveRoleRows(team: string, baseUrl: string): Rows {
  const assigned = (role: string) =>
    `jsonb_path_query(u.doc, 'lax $.roles[*].value') as own(v) where ${role}.name = own.v #>> '{}' or ${role}.id::text = own.v #>> '{}'`
  return {
    write: (params) => `with recursive inside(group_id, direct) as (
        select own.group_id, true from (
          select m.group_id from membership m where m.team_id = ${team} and m.user_id = u.id
          union all
          select g.id from directory_group g where g.team_id = ${team} and g.name_key = 'everyone' and g.system = 'everyone') own
        union
        select n.group_id, false from nested_group n join inside i on n.member_group_id = i.group_id where n.team_id = ${team}),
      reasons as (
        select x.role_id, g.id, g.display_name, g.system, bool_or(i.direct) as direct
        from inside i join role_grant x on x.team_id = ${team} and x.group_id = i.group_id
        join directory_group g on g.team_id = ${team} and g.id = i.group_id
        group by x.role_id, g.id, g.display_name, g.system)
      select o.name as value, o.display_name as display, ${params.add(baseUrl)}::text || '/Roles/' || o.name as ref,
        case when r.system = 'everyone' then 'everyone' when r.direct then 'direct' else 'indirect' end as type,
        case when r.system is null then r.id::text end as via, r.display_name as viaDisplay
      from reasons r join role o on o.team_id = ${team} and o.id = r.role_id
      union all
      select o.name, o.display_name, ${params.add(baseUrl)}::text || '/Roles/' || o.name, 'assigned', null, null
      from role o where o.team_id = ${team} and exists (select 1 from ${assigned('o')})`,
    hasValue: (name) => `exists (
        select 1 from role o join role_grant x on x.team_id = ${team} and x.role_id = o.id
        join directory_group g on g.team_id = ${team} and g.id = x.group_id
        where o.team_id = ${team} and o.name = ${name} and g.system = 'everyone')
      or u.id in (with recursive down(id) as (
          select x.group_id from role o join role_grant x on x.team_id = ${team} and x.role_id = o.id
          where o.team_id = ${team} and o.name = ${name}
          union
          select n.member_group_id from nested_group n join down on n.group_id = down.id where n.team_id = ${team})
        select m.user_id from membership m join down on m.group_id = down.id where m.team_id = ${team})
      or u.assigned_roles && array(
        select unnest(array[o.name, o.id::text]) from role o where o.team_id = ${team} and o.name = ${name})`,
    valueIs: 'text',
  }
}

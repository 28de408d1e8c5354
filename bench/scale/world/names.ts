/** Given and family names from several languages: what a large company's directory looks like to an index. */
export const GIVEN =
  `Ana James Maria Wei Olga Ahmed Sofia Liam Priya Chen Emma Noah Fatima Lucas Mia Hiroshi Elena Omar Ingrid Mateo
Chloé Björn Aisha Diego Nadia Pavel Grace Kwame Yuki Marta Ivan Leila Tomás Hannah Raj Zoë Stefan Amara Jonas Carmen
Viktor Isabel Samuel Noor Felix Julia Andre Mei Oscar Lena Daniel Sara Hugo Alice Karim Eva Martin Rosa Peter Clara
Robert Linda Michael Susan David Karen William Laura Thomas Sandra Joseph Nancy Charles Betty Christopher Helen Mark
Donna Steven Carol Paul Ruth Andrew Sharon Joshua Michelle Kenneth Amy Kevin Angela Brian Melissa George Deborah
Timothy Stephanie Ronald Rebecca Edward Dorothy Jason Kathleen Jeffrey Pamela Ryan Nicole Jacob Katherine Gary`
    .split(/\s+/)
    .filter(Boolean)

export const FAMILY =
  `Silva Smith Müller García Wang Ivanova Khan Rossi Nguyen Patel Kim Johansson Okafor Tanaka Dubois Kowalski Haddad
Fernández Andersson Novák Schmidt O'Brien Costa Popescu Yılmaz Larsen Moreau Santos Weber Jansen Bianchi Horváth Singh
Ali Park Petrov Lopez Meyer Cohen Martin Brown Jones Taylor Wilson Davies Evans Thomas Johnson Roberts Walker Wright
Robinson Thompson White Hughes Edwards Green Hall Wood Harris Lewis Clarke Jackson Clark Turner Hill Scott Cooper
Morris Moore Ward Watson Anderson Harrison Morgan Baker Young Mitchell Allen Phillips Lee Bell Parker Kelly Bennett
Shaw Cook Adams Richardson Carter Collins Marshall Bailey Gray Cox Adamson Wilkinson Foster Chapman Mason Russell
Powell Webb Rogers Hunt Mills Holmes Palmer Gibson Matthews Fisher Barnes Knight Lloyd Butler Price Barker Stevens
Murphy Ellis Jenkins Murray Fletcher Reynolds Hamilton Graham Wallace Sullivan Woods Cole West Jordan Owens Freeman
Simpson Tucker Hunter Hicks Crawford Henry Boyd Warren Dixon Ramos Burns Gordon Rice Robertson Henderson Hansen Bryant
Weaver Olson Alvarez Ortiz Castillo Mendoza Vasquez Romero Herrera Medina Aguilar Vargas Jimenez Kruger Lindqvist
Bergström Nakamura Suzuki Yamamoto Kobayashi Chaudhary Rahman Hussain Mbeki Adeyemi Mensah Abebe Kariuki Oyelaran`
    .split(/\s+/)
    .filter(Boolean)

export const DEPARTMENTS =
  'Engineering,Sales,Support,Finance,Legal,Marketing,People,Operations,Security,Research,Facilities,Procurement'.split(
    ',',
  )
export const REGIONS = 'EMEA,APAC,LATAM,North America,DACH,Nordics,Iberia,Benelux,UKI,Japan,India'.split(',')
export const TITLES =
  'Analyst,Engineer,Senior Engineer,Manager,Director,Account Executive,Specialist,Consultant,Designer,Administrator'.split(
    ',',
  )

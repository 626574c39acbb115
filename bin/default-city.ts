/** The city that a command is for when it is not told: the one place outside `cities/` that names one. */
export const defaultCity = 'los-angeles';

import type { Random } from './random.ts';

/** Invented sentences that describe no real event and no person. */
const openings = {
  en: [
    'Staff on the morning shift saw several vehicles stop by the entrance.',
    'Agents stood near the parking area for part of the shift and then left.',
    'Two unmarked vehicles waited with engines running along the curb.',
    'A group in tactical vests walked through the public area.',
    'A contractor told the front desk that agents were outside.',
    'Security noted the vehicles on camera and told the facility manager.',
  ],
  es: [
    'El personal del turno de la mañana vio varios vehículos detenerse junto a la entrada.',
    'Los agentes permanecieron cerca del estacionamiento parte del turno y luego se retiraron.',
    'Dos vehículos sin distintivos esperaron con el motor encendido junto a la acera.',
    'Un grupo con chalecos tácticos cruzó el área pública.',
    'Un contratista avisó en recepción que había agentes afuera.',
    'Seguridad observó los vehículos en cámara y avisó a la gerencia.',
  ],
} as const;
const closings = {
  en: [
    'No city service was asked to help.',
    'Visitors were calm; the program went on.',
    'Some visitors left early and the afternoon program had few participants.',
    'The supervisor pointed out the signs for non-public areas.',
    'The vehicles left toward the avenue after a short while.',
    'Camera footage of the hour was set aside.',
  ],
  es: [
    'No se pidió apoyo de ningún servicio de la ciudad.',
    'Los visitantes mantuvieron la calma y el programa continuó.',
    'Algunos visitantes se fueron temprano y el programa de la tarde tuvo poca asistencia.',
    'La supervisora señaló los letreros de las áreas no públicas.',
    'Los vehículos se retiraron hacia la avenida poco después.',
    'Se apartó la grabación de esa hora.',
  ],
} as const;

/** A short generic narrative in English or, one time in five, in Spanish. */
export function narrative(random: Random): string {
  const language = random.chance(0.2) ? 'es' : 'en';
  return `${random.pick(openings[language])} ${random.pick(closings[language])}`;
}
